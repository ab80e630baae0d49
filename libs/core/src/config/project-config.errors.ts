import { UserError } from '../errors';
import { sentenceOfIssue, type ConfigIssue } from './config-issue';

/** A project's configuration that cannot be used. Its message is the first error; `problems` has all of them. */
export class ProjectConfigError extends UserError {
  /** Errors only, in the order of the text. */
  readonly problems: readonly ConfigIssue[];

  /** `count` is how many errors there are, of which `problems` may hold the first ones. */
  constructor(
    readonly fileName: string,
    problems: readonly ConfigIssue[],
    { count = problems.length, cause }: { readonly count?: number; readonly cause?: unknown } = {},
  ) {
    const [first] = problems;
    const more = count > 1 ? ` (${count - 1} more)` : '';
    const message = first === undefined ? 'it is wrong' : lineOf(fileName, first);
    super('CONFIG_INVALID', `${message}${more}.`, { cause, details: { problems } });
    this.problems = problems;
  }

  /** A line for each problem, with file, line and column. */
  get lines(): readonly string[] {
    return this.problems.map((problem) => `${lineOf(this.fileName, problem)}.`);
  }
}

function lineOf(fileName: string, issue: ConfigIssue): string {
  return `${fileName}:${issue.line}:${issue.column}: ${sentenceOfIssue(issue)}`;
}
