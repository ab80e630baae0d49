import {
  isCommitId,
  isRepositoryName,
  isServerUrl,
  REVIEW_EVENTS,
  type ReviewEvent,
} from '@securescan/core';
import { byDefault, type Meaning, type Resolver, type SettingFlags } from './setting';

interface GitHubFact {
  readonly flag: readonly [name: string, read: (flags: SettingFlags) => string | undefined];
  /** What GitHub Actions says; `null` for nothing. */
  readonly variable: string | null;
  readonly isRight: (text: string) => boolean;
  readonly form: string;
}

/** A fact of GitHub's. What its own variables say and cannot be used is passed over: other services set them, too. */
function factOf({ flag, variable, isRight, form }: GitHubFact): Resolver<string | null> {
  const [name, read] = flag;
  return ({ flags, environment }, problems) => {
    const typed = read(flags);
    if (typed !== undefined) {
      const isUsable = isRight(typed);
      if (!isUsable) problems.push(`${name} takes ${form}, and not "${typed}".`);
      return { value: isUsable ? typed : null, source: 'flag', detail: name };
    }
    const text = variable === null ? '' : environment.variable(variable);
    return isRight(text)
      ? { value: text, source: 'environment', detail: variable }
      : byDefault(null);
  };
}

const COMMIT = { isRight: isCommitId, form: 'the id of a commit in hex' };

export const repository = factOf({
  flag: ['--repo', ({ repo }) => repo],
  variable: 'GITHUB_REPOSITORY',
  isRight: isRepositoryName,
  form: 'owner/name',
});

export const commit = factOf({
  flag: ['--sha', ({ sha }) => sha],
  variable: 'GITHUB_SHA',
  ...COMMIT,
});

export const baseCommit = factOf({
  flag: ['--base-sha', ({ baseSha }) => baseSha],
  variable: null,
  ...COMMIT,
});

export const serverUrl: Resolver<string> = ({ environment }) => {
  const variable = 'GITHUB_SERVER_URL';
  const text = environment.variable(variable);
  return isServerUrl(text)
    ? { value: text, source: 'environment', detail: variable }
    : byDefault('https://github.com');
};

/** In upper or lower case. */
export const reviewEventOf: Meaning<ReviewEvent> = (words, where, problems) => {
  const word = words.at(-1) ?? '';
  const event = REVIEW_EVENTS.find((known) => known === word.toUpperCase());
  if (event === undefined) {
    problems.push(`${where} takes ${REVIEW_EVENTS.join(', ')}, and not "${word}".`);
  }
  return event ?? 'COMMENT';
};
