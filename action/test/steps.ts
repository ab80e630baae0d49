import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Ended, Job, Runner } from './runner';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | boolean>>;
}

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** What expressions can speak of. */
interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Record<string, Readonly<Record<string, string>>>;
}

export interface Steps extends Omit<Ended, 'processorTime' | 'waits'> {
  /** Actions of others that would have run, with what they were given. */
  readonly used: readonly {
    readonly name: string;
    readonly with: Readonly<Record<string, string>>;
  }[];
}

/** Runs the steps of action.yml in their order, as the runner does: shell, environment, conditions and outputs. */
export async function runSteps(runner: Runner, job: Job): Promise<Steps> {
  const file = parse(readFileSync(join(runner.action, 'action.yml'), 'utf8')) as ActionFile;
  const defaults = Object.entries(file.inputs).map(([name, input]) => [name, input.default]);
  const inputs = { ...Object.fromEntries(defaults), 'github-token': 't', ...job.inputs };
  const context: Context = { inputs, outputs: {} };
  const { SECURESCAN_ACTION_INPUTS: _, ...variables } = runner.variablesOf(job);
  const { RUNNER_TEMP: temp = '', GITHUB_OUTPUT: output = '' } = variables;
  const used: { name: string; with: Record<string, string> }[] = [];
  let code: number | null = 0;
  let log = '';
  for (const step of file.runs.steps) {
    if (!isMet(step.if, code, context)) continue;
    const env = filled(context, step.env);
    if (step.uses !== undefined) used.push({ name: step.uses, with: filled(context, step.with) });
    if (step.run === undefined) continue;
    writeFileSync(output, '');
    const ended = await runScript(step.run, job.workspace, {
      ...variables,
      GITHUB_ACTION_PATH: runner.action,
      ...env,
    });
    log += ended.log;
    if (ended.code !== 0) code = ended.code;
    if (step.id !== undefined) context.outputs[step.id] = outputsIn(output);
  }
  const { summary } = runner.resultsIn(temp);
  return { code, log, summary, outputs: context.outputs['run'] ?? {}, used };
}

/** A script as `shell: bash` runs it. */
export async function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Pick<Ended, 'code' | 'log'>> {
  const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  const child = spawn('bash', words, { cwd, env });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, log };
}

/** A step without a condition runs while nothing has failed. */
function isMet(condition: string | undefined, code: number | null, context: Context): boolean {
  const parts = (condition ?? 'success()').split(' && ');
  const isGuarded = !parts.includes('always()');
  if (isGuarded && code !== 0) return false;
  return parts
    .filter((part) => part !== 'always()' && part !== 'success()')
    .every((part) => {
      const [, name = '', operator, text] = /^(\S+) ([=!]=) '([^']*)'$/u.exec(part) ?? [];
      if (operator === undefined) throw new RangeError(`Nobody knows what "${part}" means.`);
      return (valueOf(name, context) === text) === (operator === '==');
    });
}

function filled(
  context: Context,
  texts: Readonly<Record<string, string | boolean>> = {},
): Record<string, string> {
  const entries = Object.entries(texts).map(([name, text]) => [
    name,
    String(text).replace(/\$\{\{ (.+?) \}\}/gu, (_whole, words: string) => valueOf(words, context)),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function valueOf(expression: string, { inputs, outputs }: Context): string {
  const known: Readonly<Record<string, string>> = {
    'toJSON(inputs)': JSON.stringify(inputs),
    'toJSON(matrix)': 'null',
    'github.job': 'scan',
    'strategy.job-index': '0',
  };
  const [, input] = /^inputs\.([\w-]+)$/u.exec(expression) ?? [];
  const [, id = '', output] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/u.exec(expression) ?? [];
  const value =
    input === undefined
      ? output === undefined
        ? known[expression]
        : (outputs[id]?.[output] ?? '')
      : inputs[input];
  if (value === undefined) throw new RangeError(`Nobody knows what "${expression}" is.`);
  return value;
}

/** Both forms that a step may write: `name=value`, and several lines up to a word. */
function outputsIn(file: string): Readonly<Record<string, string>> {
  const text = readFileSync(file, 'utf8');
  const lines = [...text.matchAll(/^([\w-]+)=(.*)$/gmu)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  const blocks = [...text.matchAll(/^([\w-]+)<<(.+)\n([^]*?)\n\2$/gmu)].map(
    ([, name = '', , value = '']) => [name, value],
  );
  return Object.fromEntries([...lines, ...blocks]) as Record<string, string>;
}
