import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Menu, type MenuEntry } from './menu';

const ENTRIES: readonly MenuEntry[] = [
  { id: 'open', label: 'Open' },
  { id: 'rerun', label: 'Scan again', whyNot: 'Needs the scope write.' },
  { id: 'delete', label: 'Delete', isDangerous: true },
];

describe('Menu', () => {
  let fixture: ComponentFixture<Menu>;
  let chosen: string[];

  beforeEach(() => {
    chosen = [];
    fixture = TestBed.createComponent(Menu);
    fixture.componentRef.setInput('label', 'Actions on shop');
    fixture.componentRef.setInput('entries', ENTRIES);
    fixture.componentInstance.chosen.subscribe((id) => chosen.push(id));
    document.body.append(fixture.nativeElement as HTMLElement);
    TestBed.tick();
  });

  function trigger(): HTMLButtonElement {
    return fixture.nativeElement.querySelector('button');
  }

  function items(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  async function open(): Promise<void> {
    trigger().focus();
    trigger().click();
    await fixture.whenStable();
  }

  async function press(key: string, keyCode: number): Promise<void> {
    const event = new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    await fixture.whenStable();
  }

  it('says what it is for and whether it is open', async () => {
    expect(trigger().getAttribute('aria-label')).toBe('Actions on shop');
    expect(trigger().getAttribute('aria-haspopup')).toBe('menu');
    expect(trigger().getAttribute('aria-expanded')).toBe('false');
    await open();
    expect(trigger().getAttribute('aria-expanded')).toBe('true');
    expect(items().map((item) => item.querySelector('span')?.textContent.trim())).toEqual([
      'Open',
      'Scan again Needs the scope write.',
      'Delete',
    ]);
  });

  it('reports what was chosen by keys, and gives the focus back', async () => {
    await open();
    await press('End', 35);
    expect(document.activeElement).toBe(items()[2]);
    await press('Enter', 13);
    expect(chosen).toEqual(['delete']);
    expect(items()).toEqual([]);
    expect(document.activeElement).toBe(trigger());
  });

  it('goes without a choice on Escape', async () => {
    await open();
    await press('Escape', 27);
    expect([items(), chosen]).toEqual([[], []]);
    expect(document.activeElement).toBe(trigger());
  });

  it('shows why something cannot be chosen, and does not let it be', async () => {
    await open();
    const blocked = items()[1];
    expect(blocked?.getAttribute('aria-disabled')).toBe('true');
    blocked?.click();
    await fixture.whenStable();
    expect(chosen).toEqual([]);
  });
});
