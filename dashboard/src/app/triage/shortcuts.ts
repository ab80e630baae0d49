import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { VERDICTS, type Verdict } from '@securescan/contracts';
import { VERDICT_WORDS } from './verdict-words';

const STORED_AS = 'securescan:single-keys';

export type Command =
  | 'next'
  | 'previous'
  | 'toggle'
  | 'edit'
  | 'search'
  | 'help'
  | 'select'
  | 'select-range'
  | 'undo'
  | 'close'
  | 'first'
  | 'last';

export type KeyMeaning =
  | { readonly command: Command; readonly verdict: null }
  | { readonly command: 'verdict'; readonly verdict: Verdict };

/** Keys that always work, wherever the focus is in the page. */
const COMMANDS: Readonly<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  o: 'toggle',
  e: 'edit',
  '/': 'search',
  '?': 'help',
  x: 'select',
  X: 'select-range',
  u: 'undo',
  Escape: 'close',
};

/** Keys that mean something only where a list has the focus. */
const LIST_COMMANDS: Readonly<Record<string, Command>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
};

/** What the help says, in its order. */
export const KEY_HELP: readonly { readonly keys: readonly string[]; readonly text: string }[] = [
  { keys: ['j', '↓'], text: 'next finding' },
  { keys: ['k', '↑'], text: 'finding before' },
  { keys: ['Home', 'End'], text: 'first and last finding that is loaded' },
  { keys: ['o', 'Enter'], text: 'open or close the finding' },
  { keys: ['e'], text: 'open the finding and edit its verdict' },
  { keys: ['x'], text: 'select the finding, or let it go' },
  { keys: ['Shift', 'x'], text: 'select all from the one selected last to here' },
  ...VERDICTS.map((verdict) => ({
    keys: [VERDICT_WORDS[verdict].key],
    text: `verdict: ${VERDICT_WORDS[verdict].label.toLowerCase()}`,
  })),
  { keys: ['u'], text: 'undo the last change of verdicts' },
  { keys: ['/'], text: 'search' },
  { keys: ['Esc'], text: 'close what is open, then drop the selection' },
  { keys: ['?'], text: 'this help' },
];

/** What single keys mean on pages with findings. They can be turned off, for whoever speaks to the computer. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  private readonly document = inject(DOCUMENT);
  private readonly on = signal(this.stored() !== 'off');

  readonly isOn = this.on.asReadonly();

  turn(isOn: boolean): void {
    this.on.set(isOn);
    try {
      this.document.defaultView?.localStorage.setItem(STORED_AS, isOn ? 'on' : 'off');
    } catch {
      // Expected where the browser keeps nothing: the choice then holds for this page.
    }
  }

  /** `null` where the key means nothing, or belongs to whatever has the focus. */
  meaningOf(event: KeyboardEvent, isInList: boolean): KeyMeaning | null {
    if (this.isTaken(event)) return null;
    const { key } = event;
    if (isTyping(event.target)) {
      return key === 'Escape' ? { command: 'close', verdict: null } : null;
    }
    const inList = isInList ? LIST_COMMANDS[key] : undefined;
    if (inList !== undefined) return { command: inList, verdict: null };
    if (!this.on() && key.length === 1) return null;
    const command = COMMANDS[key];
    if (command !== undefined) return { command, verdict: null };
    const verdict = VERDICTS.find((one) => VERDICT_WORDS[one].key === key);
    return verdict === undefined ? null : { command: 'verdict', verdict };
  }

  private isTaken(event: KeyboardEvent): boolean {
    const isOther = event.ctrlKey || event.metaKey || event.altKey;
    const isBehindDialog = this.document.querySelector('dialog[open]') !== null;
    return event.defaultPrevented || isOther || isBehindDialog;
  }

  private stored(): string | null {
    try {
      return this.document.defaultView?.localStorage.getItem(STORED_AS) ?? null;
    } catch {
      // Expected where the browser keeps nothing.
      return null;
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}
