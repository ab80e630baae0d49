import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOlderNode } from '../../cli/test/support';
import { REPOSITORY } from './github-server';

const ROOT = join(__dirname, '..', '..');
/** The oldest that a runner may have, where this machine has one. */
const OLDEST = findOlderNode() ?? process.execPath;

/** What happens to a repository, and what its workflow asks for. */
export interface Job {
  readonly eventName: string;
  readonly event: object;
  /** Of the repository. */
  readonly workspace: string;
  readonly sha: string;
  readonly apiUrl: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly code: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** In milliseconds: what it waited for, where time passes at once. */
  readonly waits: readonly number[];
  /** Of the bundle's own process, in milliseconds. */
  readonly processorTime: number;
}

export interface RunnerOptions {
  readonly node?: string;
  /** Whether a comparison that was made is not made again: the same commits and words give the same reports. */
  readonly remembers?: boolean;
}

/** A runner of GitHub, as far as the bundle can tell: it has our files, git and a Node, and no packages and no scanners. */
export class Runner {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'action-test-')));
  readonly action = join(this.directory, 'ours', 'action');
  /** Where a test may put tools. */
  readonly bin = this.place('bin');
  private readonly home = this.place('home');
  private readonly preload = join(this.directory, 'preload.cjs');
  private runs = 0;

  constructor(private readonly options: RunnerOptions = {}) {
    const ours = this.place('ours');
    cpSync(join(ROOT, 'action'), this.action, { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(ours, 'package.json'));
    const rules = 'libs/scan-engine/rules';
    cpSync(join(ROOT, rules), join(ours, rules), { recursive: true });
    writeFileSync(this.preload, options.remembers === true ? `${PRELOAD}${REMEMBERING}` : PRELOAD);
    // As bad as people's settings get.
    const settings =
      '[diff]\n noprefix = true\n mnemonicPrefix = true\n external = false\n context = 0\n';
    writeFileSync(join(this.home, '.gitconfig'), settings);
  }

  place(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Puts a stand-in for a tool on PATH: a Node program that answers --version by itself. */
  makeTool(name: string, source: string): void {
    const path = join(this.bin, name);
    const version = `if (process.argv.includes('--version')) { console.log('${name} 9.9.9'); process.exit(0); }`;
    writeFileSync(path, `#!${process.execPath}\n${version}\n${source}\n`);
    chmodSync(path, 0o755);
  }

  /** Runs the bundle, and lets time pass whenever it waits. */
  async run(job: Job): Promise<Ended> {
    const variables = this.variablesOf(job);
    const { RUNNER_TEMP: temp = '' } = variables;
    const child = spawn(
      this.options.node ?? OLDEST,
      ['--require', this.preload, join(this.action, 'dist', 'main.js')],
      { cwd: job.workspace, env: variables },
    );
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (log += text));
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, log, ...this.resultsIn(temp) };
  }

  /** What the runner tells every step of a job, files that it reads afterwards among it. */
  variablesOf(job: Job): Readonly<Record<string, string>> {
    const temp = this.place(`temp-${String((this.runs += 1))}`);
    const file = (name: string, text = ''): string => {
      writeFileSync(join(temp, name), text);
      return join(temp, name);
    };
    return {
      PATH: `${this.bin}:/usr/bin:/bin`,
      HOME: this.home,
      // What one run compiles, the next ones need not.
      ...(this.options.remembers === true
        ? { NODE_COMPILE_CACHE: join(this.directory, 'compiled') }
        : {}),
      RUNNER_TEMP: temp,
      SECURESCAN_ACTION_INPUTS: JSON.stringify({ 'github-token': 't', ...job.inputs }),
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_EVENT_NAME: job.eventName,
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(job.event)),
      GITHUB_SHA: job.sha,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_WORKSPACE: job.workspace,
      GITHUB_API_URL: job.apiUrl,
      GITHUB_OUTPUT: file('outputs'),
      GITHUB_STEP_SUMMARY: file('summary'),
      ...job.variables,
    };
  }

  /** What a step left in the files of the runner. */
  resultsIn(temp: string): Omit<Ended, 'code' | 'log'> {
    const read = (name: string): string =>
      existsSync(join(temp, name)) ? readFileSync(join(temp, name), 'utf8') : '';
    const outputs = [...read('outputs').matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gmu)];
    return {
      outputs: Object.fromEntries(outputs.map(([, name = '', , value = '']) => [name, value])),
      summary: read('summary'),
      waits: read('waits').split('\n').filter(Boolean).map(Number),
      processorTime: Number(read('processor-time')) / 1000,
    };
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The clock stands still but for what the bundle waits, which passes at once. Its command line keeps the real one. */
const PRELOAD = `
const { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const timers = require('node:timers/promises');
const file = (name) => join(process.env.RUNNER_TEMP, name);
const isBundle = process.argv[1].endsWith('main.js');
if (isBundle) {
  let now = 1_700_000_000_000;
  Date.now = () => now;
  timers.setTimeout = async (ms) => {
    now += ms;
    appendFileSync(file('waits'), ms + '\\n');
  };
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(file('processor-time'), String(user + system));
  });
}
`;

/** Before the bundle starts its command line, it is asked whether that comparison was made already, and what came of it. */
const REMEMBERING = `
const program = require('node:child_process');
const { createHash } = require('node:crypto');
const { spawn } = program;
if (isBundle) program.spawn = (node, words, options) => {
  const report = words.find((word) => word.startsWith('--head-report=')) ?? '';
  const directory = dirname(report.slice(report.indexOf('=') + 1));
  // What a review comes to is for the bundle to say, and for no report.
  const asked = words.filter((word) => !word.startsWith('--review-event='));
  const question = JSON.stringify(asked).replaceAll(directory, '');
  const kept = join(__dirname, createHash('sha256').update(question).digest('hex'));
  if (existsSync(kept)) {
    cpSync(kept, directory, { recursive: true });
    return spawn('/bin/sh', ['-c', 'exit ' + readFileSync(join(kept, 'code'), 'utf8')], options);
  }
  return spawn(node, words, options).once('exit', (code) => {
    cpSync(directory, kept, { recursive: true });
    writeFileSync(join(kept, 'code'), String(code));
  });
};
`;
