import {
  isRepositoryName,
  isServerUrl,
  objectOf,
  parsedJson,
  textOf,
  UserError,
} from '@securescan/core';

/** Every input of action.yml with what it is when nobody sets it; a test compares the two. */
export const INPUT_DEFAULTS = {
  'base-ref': '',
  'head-ref': '',
  'working-directory': '.',
  'scan-types': '',
  'fail-on-severity': '',
  'policy-from': 'base',
  'allow-incomplete': 'false',
  baseline: '',
  'install-scanners': 'false',
  'pr-mode': 'summary',
  'comment-on-pr': 'true',
  'comment-key': '',
  'review-event': 'COMMENT',
  'inline-suggestions': 'true',
  'max-comments': '20',
  'upload-sarif': 'true',
  'upload-artifact': 'true',
  'server-url': '',
  'api-key': '',
  project: '',
  'github-token': '',
} as const;
export type InputName = keyof typeof INPUT_DEFAULTS;

/** What the workflow asks for. */
export interface Inputs {
  readonly baseRef: string;
  readonly headRef: string;
  readonly workingDirectory: string;
  /** Empty: as the configuration says. */
  readonly scanTypes: readonly string[];
  /** Empty: as the configuration says. */
  readonly failOnSeverity: string;
  readonly policyFrom: 'base' | 'head';
  readonly isIncompleteAllowed: boolean;
  readonly baseline: string;
  readonly hasScannersInstalled: boolean;
  readonly hasSummary: boolean;
  readonly hasReview: boolean;
  readonly commentKey: string;
  readonly reviewEvent: 'COMMENT' | 'REQUEST_CHANGES';
  readonly hasSuggestions: boolean;
  /** Comments on lines, at most. */
  readonly mostComments: number;
  readonly isSarifUploaded: boolean;
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly project: string;
  readonly token: string;
}

/** What the runner says of itself and of what happened. */
export interface Runner {
  readonly eventName: string;
  readonly eventPath: string;
  /** `owner/name` */
  readonly repository: string;
  readonly sha: string;
  readonly ref: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** Of the pages. */
  readonly serverUrl: string;
  readonly workspace: string;
  /** Where what we write goes: never into the checkout. */
  readonly temp: string;
  /** Tells this job from all others of its workflow. */
  readonly job: string;
  /** Files that the runner reads; `null` where there are none. */
  readonly outputFile: string | null;
  readonly summaryFile: string | null;
}

export interface Settings {
  readonly inputs: Inputs;
  readonly runner: Runner;
}

const INPUTS_VARIABLE = 'SECURESCAN_ACTION_INPUTS';
const MATRIX_VARIABLE = 'SECURESCAN_ACTION_MATRIX';
const MOST_COMMENTS = 50;

/** Reads the environment, once. Throws UserError USAGE_INVALID that tells everything that is wrong with it. */
export function readSettings(): Settings {
  const { env } = process;
  const settings = settingsOf(env);
  // Nothing that is started later has any use for the tokens in it.
  Reflect.deleteProperty(env, INPUTS_VARIABLE);
  return settings;
}

/** As `readSettings`, of the given variables. Pure. */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const inputs = inputsOf(objectOf(parsedJson(env[INPUTS_VARIABLE] ?? '')), problems);
  const runner = runnerOf((name) => env[name] ?? '', problems);
  if (problems.length > 0) throw new UserError('USAGE_INVALID', problems.join(' '));
  return { inputs, runner };
}

function inputsOf(given: Readonly<Record<string, unknown>>, problems: string[]): Inputs {
  const text = (name: InputName): string =>
    (textOf(given[name])?.trim() ?? '') || INPUT_DEFAULTS[name];
  const word = <T extends string>(name: InputName, allowed: readonly T[]): T | null => {
    const found = allowed.find((one) => one.toLowerCase() === text(name).toLowerCase());
    if (found === undefined) problems.push(`${name} takes ${allowed.join(', ')}.`);
    return found ?? null;
  };
  const isOn = (name: InputName): boolean => word(name, ['true', 'false']) === 'true';
  const mode = word('pr-mode', ['summary', 'inline', 'both']);
  const severity = text('fail-on-severity').toLowerCase();
  return {
    baseRef: text('base-ref'),
    headRef: text('head-ref'),
    workingDirectory: text('working-directory'),
    scanTypes: text('scan-types')
      .split(/[\s,]+/)
      .filter((type) => type !== ''),
    failOnSeverity: severity === 'none' ? '' : severity,
    policyFrom: word('policy-from', ['base', 'head']) ?? 'base',
    isIncompleteAllowed: isOn('allow-incomplete'),
    baseline: text('baseline'),
    hasScannersInstalled: isOn('install-scanners'),
    // Nothing is said on a pull request whose workflow wants no comments.
    hasSummary: isOn('comment-on-pr') && mode !== 'inline',
    hasReview: isOn('comment-on-pr') && mode !== 'summary',
    commentKey: text('comment-key'),
    reviewEvent: reviewEventOf(text('review-event'), problems),
    hasSuggestions: isOn('inline-suggestions'),
    mostComments: countOf(text('max-comments'), problems),
    isSarifUploaded: isOn('upload-sarif'),
    serverUrl: addressOf(text('server-url'), problems),
    apiKey: text('api-key'),
    project: text('project'),
    token: text('github-token'),
  };
}

function reviewEventOf(word: string, problems: string[]): Inputs['reviewEvent'] {
  const event = word.toUpperCase();
  if (event === 'COMMENT' || event === 'REQUEST_CHANGES') return event;
  problems.push(
    event === 'APPROVE'
      ? 'review-event: nobody has read what only a scan approves; use COMMENT or REQUEST_CHANGES.'
      : 'review-event takes COMMENT, REQUEST_CHANGES.',
  );
  return 'COMMENT';
}

function countOf(word: string, problems: string[]): number {
  if (/^\d{1,3}$/.test(word) && Number(word) <= MOST_COMMENTS) return Number(word);
  problems.push(`max-comments takes a number up to ${String(MOST_COMMENTS)}.`);
  return 0;
}

/** The key goes along: nobody on the way may read it. */
function addressOf(word: string, problems: string[]): string {
  const address = word.replace(/\/+$/, '');
  const isSafe = /^https:|^http:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/i.test(address);
  if (word === '' || (isSafe && isServerUrl(address))) return address;
  problems.push(
    'server-url takes the https address of a server, such as https://scan.example.com.',
  );
  return '';
}

function runnerOf(variable: (name: string) => string, problems: string[]): Runner {
  const required = (name: string): string => {
    if (variable(name) === '') problems.push(`${name} is not set; run this as a GitHub Action.`);
    return variable(name);
  };
  const repository = required('GITHUB_REPOSITORY');
  if (repository !== '' && !isRepositoryName(repository))
    problems.push('GITHUB_REPOSITORY is odd.');
  const apiUrl = variable('GITHUB_API_URL') || 'https://api.github.com';
  return {
    repository,
    eventName: required('GITHUB_EVENT_NAME'),
    eventPath: required('GITHUB_EVENT_PATH'),
    sha: required('GITHUB_SHA'),
    ref: variable('GITHUB_REF'),
    apiUrl,
    serverUrl: (variable('GITHUB_SERVER_URL') || 'https://github.com').replace(/\/+$/, ''),
    graphqlUrl: variable('GITHUB_GRAPHQL_URL') || `${apiUrl}/graphql`,
    workspace: required('GITHUB_WORKSPACE'),
    temp: required('RUNNER_TEMP'),
    job: [
      variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? '',
      variable('GITHUB_JOB'),
      variable(MATRIX_VARIABLE),
    ].join('\n'),
    outputFile: variable('GITHUB_OUTPUT') || null,
    summaryFile: variable('GITHUB_STEP_SUMMARY') || null,
  };
}
