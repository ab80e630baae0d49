import { signal } from '@angular/core';
import type { FieldProblem, Problem } from '../../core/errors/problem';

/** What the server said of a request: beside the fields that it names, until each is changed, and the rest on its own. */
export class FieldRefusals {
  private readonly beside = signal<readonly FieldProblem[]>([]);
  private readonly rest = signal<Problem | null>(null);

  /** The refusal without what stands beside a field. */
  readonly notice = this.rest.asReadonly();

  /** @param shown names of the fields that are on screen, as the API names them */
  take(problem: Problem, shown: readonly string[]): void {
    const isShown = ({ loc }: FieldProblem): boolean => shown.includes(loc);
    this.beside.set(problem.fields.filter(isShown));
    this.rest.set({ ...problem, fields: problem.fields.filter((field) => !isShown(field)) });
  }

  clear(): void {
    this.beside.set([]);
    this.rest.set(null);
  }

  /** Takes back what was said of a field that is now another, and of the request that had it. */
  forget(loc: string): void {
    this.beside.update((fields) => fields.filter((field) => field.loc !== loc));
    this.rest.set(null);
  }

  /** What was said of a field, as sentences of its own; `null` where nothing was. */
  messageFor(loc: string): string | null {
    const said = this.beside().filter((field) => field.loc === loc);
    return said.length === 0 ? null : said.map(sentenceOf).join(' ');
  }
}

/** The API's messages continue the field's name, or begin with it: beside the field it is clear what they speak of. */
function sentenceOf({ loc, message }: FieldProblem): string {
  const words = message.startsWith(`${loc} `) ? message.slice(loc.length + 1) : message;
  const sentence = /^(?:is|must|has|may) /.test(words)
    ? words.charAt(0).toUpperCase() + words.slice(1)
    : words;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
