import { escapeControls } from '../../render/escape-controls';
import { redactSecrets } from '../../secrets/redact';

const MAX_EXAMPLES = 5;
const MAX_EXAMPLE = 60;
/** Before it is looked through for secrets, which takes time. */
const MAX_LOOKED_AT = 400;

interface Note {
  count: number;
  /** As they are written; one more than are shown tells that there are more. */
  readonly examples: Set<string>;
}

/** What a reader leaves out or guesses, said once for each kind however often it happens. */
export class LockNotes {
  private readonly notes = new Map<string, Note>();

  /**
   * Counts one: `said('package', 'of a local directory left out', 'libs/a')` becomes `1 package of a local directory left out: libs/a`,
   * and of several `3 packages of a local directory left out: libs/a, libs/b, …`. No address belongs into an example.
   */
  said(noun: string, clause: string, example: string | null = null): void {
    const id = `${noun}\n${clause}`;
    const note = this.notes.get(id) ?? { count: 0, examples: new Set<string>() };
    this.notes.set(id, note);
    note.count += 1;
    if (example === null || note.examples.size > MAX_EXAMPLES) return;
    note.examples.add(example.slice(0, MAX_LOOKED_AT));
  }

  /** Something that is not counted. */
  state(text: string): void {
    this.notes.set(text, { count: 1, examples: new Set() });
  }

  /** In the order in which each kind came up first. */
  texts(): string[] {
    return Array.from(this.notes, ([id, { count, examples }]) => {
      const [noun = '', clause] = id.split('\n');
      if (clause === undefined) return noun;
      const names = Array.from(examples, shown);
      const listed = [
        ...names.slice(0, MAX_EXAMPLES),
        ...(names.length > MAX_EXAMPLES ? ['…'] : []),
      ];
      const said = `${String(count)} ${count === 1 ? noun : severalOf(noun)} ${clause}`;
      return listed.length === 0 ? said : `${said}: ${listed.join(', ')}`;
    });
  }
}

function severalOf(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

function shown(example: string): string {
  const text = escapeControls(redactSecrets(example));
  return text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE)}…`.toWellFormed() : text;
}
