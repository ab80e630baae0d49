import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coverageOf,
  DIFF_RENDERERS,
  diffFindings,
  parsedJson,
  type DiffDocument,
  type Finding,
  type ScannerOutcome,
} from '@securescan/core';
import { anOutcome } from '@securescan/testing';
import type { Clock } from '../src/github/github-api';
import { GitHubApi } from '../src/github/github-api';
import { settingsOf, type InputName, type Settings } from '../src/inputs';
import { speak, type Spoken } from '../src/speak';
import { HEAD, PULL, REPOSITORY, type GitHubServer } from './github-server';

/** A run of the Action on the pull request, after its scan. */
export interface Told {
  readonly head: readonly Finding[];
  readonly base?: readonly Finding[];
  /** Of the head; each scanner that found something completed on both sides unless it is named here. */
  readonly outcomes?: readonly ScannerOutcome[];
  readonly commit?: string;
  readonly inputs?: Partial<Record<InputName, string>>;
  readonly job?: string;
  readonly scanUrl?: string;
}

const SCANNERS = ['semgrep', 'bandit', 'secrets'];

/** Time that passes when somebody waits for it. */
export class FakeClock implements Clock {
  readonly waits: number[] = [];
  private time = 1_700_000_000_000;

  readonly now = (): number => this.time;

  readonly wait = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.time += ms;
    return Promise.resolve();
  };
}

export class Teller {
  readonly clock = new FakeClock();
  private readonly directory = mkdtempSync(join(tmpdir(), 'action-test-'));
  private runs = 0;

  constructor(private readonly github: GitHubServer) {}

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** What a run says on the pull request. */
  tell(told: Told): Promise<Spoken> {
    const settings = settingsFor(this.github.url, told);
    const commit = told.commit ?? HEAD;
    return speak({
      settings,
      analysis: this.write(documentOf(told, commit), commit),
      pullRequest: { number: PULL, head: commit },
      api: new GitHubApi({ apiUrl: this.github.url, token: 't', clock: this.clock }),
      scanUrl: told.scanUrl ?? null,
    });
  }

  private write(document: DiffDocument, commit: string): Parameters<typeof speak>[0]['analysis'] {
    const directory = join(this.directory, String((this.runs += 1)));
    mkdirSync(directory);
    const lines = new Map(
      document.diff.new.map(({ filePath }) => [filePath ?? '', [{ start: 1, end: 500 }]]),
    );
    const github = { repository: REPOSITORY };
    const file = (format: keyof typeof DIFF_RENDERERS): string => {
      const options = { github, review: { lines, commit, hasSuggestions: false } };
      const text = [...DIFF_RENDERERS[format](document, options)].join('');
      writeFileSync(join(directory, format), text);
      return join(directory, format);
    };
    const json = file('json');
    const files = {
      directory,
      json,
      sarif: file('sarif'),
      comment: file('github-pr-comment'),
      review: file('github-review'),
      head: json,
    };
    const text = [...DIFF_RENDERERS.json(document, {})].join('');
    return { files, report: parsedJson(text) };
  }
}

function settingsFor(url: string, { inputs = {}, job = 'scan' }: Told): Settings {
  return settingsOf({
    SECURESCAN_ACTION_INPUTS: JSON.stringify({
      'github-token': 't',
      'pr-mode': 'both',
      ...inputs,
    }),
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: '/dev/null',
    GITHUB_SHA: 'f'.repeat(40),
    GITHUB_WORKSPACE: '/',
    RUNNER_TEMP: '/',
    GITHUB_API_URL: url,
    GITHUB_JOB: job,
  });
}

function documentOf({ head, base = [], outcomes = [] }: Told, commit: string): DiffDocument {
  const completed = SCANNERS.map((scanner) => anOutcome({ scanner }));
  const ofHead = completed.map(
    (one) => outcomes.find(({ scanner }) => scanner === one.scanner) ?? one,
  );
  return {
    toolVersion: '1.2.3',
    command: 'diff',
    base: { name: 'main', commit: '1'.repeat(40) },
    head: { name: commit, commit },
    target: '.',
    project: null,
    scanTypes: ['code'],
    policy: 'the defaults',
    pendingPolicy: [],
    diff: diffFindings(
      { findings: base, coverage: completed.map((one) => coverageOf(one)) },
      { findings: head, coverage: ofHead.map((one) => coverageOf(one)) },
    ),
    outcomes: ofHead,
    notices: [],
    showsSuppressed: true,
  };
}
