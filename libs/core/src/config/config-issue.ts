import { compareCodePoints } from '../order/compare-code-points';

/** Only an error keeps a configuration from being used. */
export type ConfigLevel = 'error' | 'warning' | 'info';

/** A place in the text; both numbers count from 1. */
export interface ConfigPlace {
  readonly line: number;
  readonly column: number;
}

/** Something to be said of a configuration, and where. */
export interface ConfigIssue extends ConfigPlace {
  readonly level: ConfigLevel;
  /** Dotted path with indexes, as `ignored_rules[2].until`; `null` where it is about the text as a whole. */
  readonly location: string | null;
  /** Continues a sentence that begins with the location, or is one without its full stop. */
  readonly message: string;
}

const LEVELS: readonly ConfigLevel[] = ['error', 'warning', 'info'];
/** A text of a quarter of a million characters can be wrong in as many places; nobody reads so far. */
const MAX_KEPT = 200;

/** What was found, up to a number of issues of each level; the rest is counted. */
export class ConfigIssues {
  private readonly kept: ConfigIssue[] = [];
  private readonly counts = { error: 0, warning: 0, info: 0 };

  add(issue: ConfigIssue): void {
    this.counts[issue.level] += 1;
    if (this.counts[issue.level] <= MAX_KEPT) this.kept.push(issue);
  }

  count(level: ConfigLevel): number {
    return this.counts[level];
  }

  /** Errors first, then warnings; in the order of the text. */
  sorted(): ConfigIssue[] {
    return this.kept.toSorted(compareIssues);
  }
}

function compareIssues(a: ConfigIssue, b: ConfigIssue): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    a.line - b.line ||
    a.column - b.column ||
    compareCodePoints(a.message, b.message)
  );
}

/** The sentence without its full stop. */
export function sentenceOfIssue({ location, message }: ConfigIssue): string {
  return location === null ? message : `"${location}" ${message}`;
}
