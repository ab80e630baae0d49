import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { INPUT_DEFAULTS } from '../src/inputs';
import { OUTPUT_NAMES } from '../src/outputs';

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly { readonly run?: string; readonly id?: string }[] };
}

const ACTION = join(__dirname, '..');
const file = parse(readFileSync(join(ACTION, 'action.yml'), 'utf8')) as ActionFile;
const guide = readFileSync(join(ACTION, 'README.md'), 'utf8');

it('has the inputs that are read, with the same defaults', () => {
  const defaults = Object.entries(file.inputs).map(([name, input]) => [name, input.default]);
  expect(Object.fromEntries(defaults)).toEqual({
    ...INPUT_DEFAULTS,
    'github-token': '${{ github.token }}',
  });
});

it('has the outputs that are written', () => {
  expect(
    Object.fromEntries(Object.entries(file.outputs).map(([name, { value }]) => [name, value])),
  ).toEqual(
    Object.fromEntries(OUTPUT_NAMES.map((name) => [name, `\${{ steps.run.outputs.${name} }}`])),
  );
});

it('puts no word of a workflow into a script', () => {
  const scripts = file.runs.steps.flatMap(({ run }) => run ?? []);
  expect(scripts).toHaveLength(2);
  for (const script of scripts) expect(script).not.toContain('${{');
});

it.each([...Object.keys(INPUT_DEFAULTS), ...OUTPUT_NAMES])('tells of %s in its guide', (name) => {
  expect(guide).toContain(`\`${name}\``);
});
