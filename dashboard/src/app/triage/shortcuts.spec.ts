import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts';

function press(
  key: string,
  on: Element = document.body,
  more: KeyboardEventInit = {},
): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  return event;
}

describe('Shortcuts', () => {
  let shortcuts: Shortcuts;
  beforeEach(() => {
    localStorage.clear();
    shortcuts = TestBed.inject(Shortcuts);
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  function meaning(event: KeyboardEvent, isInList = false): string | null {
    const found = shortcuts.meaningOf(event, isInList);
    return found === null ? null : (found.verdict ?? found.command);
  }

  it('gives every verdict a key of its own', () => {
    const keys = ['n', 't', 'f', 'a', 'd', 'w'];
    expect(keys.map((key) => meaning(press(key)))).toEqual([
      'new',
      'triaged',
      'false_positive',
      'accepted_risk',
      'fixed',
      'wont_fix',
    ]);
  });

  it.each(['input', 'textarea', 'select'])('leaves letters to a %s', (name) => {
    const field = document.body.appendChild(document.createElement(name));
    expect([meaning(press('a', field)), meaning(press('?', field))]).toEqual([null, null]);
    expect(meaning(press('Escape', field))).toBe('close');
  });

  it('means nothing with Control, in a dialog, or where somebody else took the key', () => {
    expect(meaning(press('a', document.body, { ctrlKey: true }))).toBeNull();
    const taken = press('a');
    taken.preventDefault();
    expect(meaning(taken)).toBeNull();
    document.body.appendChild(document.createElement('dialog')).setAttribute('open', '');
    expect(meaning(press('a'))).toBeNull();
  });

  it('moves by arrows only within the list', () => {
    expect([meaning(press('ArrowDown')), meaning(press('ArrowDown'), true)]).toEqual([
      null,
      'next',
    ]);
  });

  it('can be turned off for single keys, and remembers it', () => {
    shortcuts.turn(false);
    expect([meaning(press('a')), meaning(press('Escape'))]).toEqual([null, 'close']);
    TestBed.resetTestingModule();
    expect(TestBed.inject(Shortcuts).isOn()).toBe(false);
  });
});
