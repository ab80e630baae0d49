import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCAN_TYPES, SEVERITIES } from '@securescan/contracts';
import { lintProjectConfig, PROJECT_CONFIG_KEYS, PROJECT_CONFIG_NAMES } from '@securescan/core';
import { EXPLAINED_VARIABLES } from './explained-variables';

const ROOT = join(__dirname, '../../..');
const guide = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');

/** Set by us for our own children, or read by other programs than this one: the server, the workflow that init writes. */
const INTERNAL = ['SECURESCAN_PINNED_RUNTIME', 'SECURESCAN_RUN_MARK', 'SECURESCAN_DB_PATH'];

function variablesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
    .flatMap(
      (path) => readFileSync(join(directory, path), 'utf8').match(/SECURESCAN_[A-Z_]+/gu) ?? [],
    );
}

describe('the guide of the configuration', () => {
  it.each([
    ...PROJECT_CONFIG_KEYS,
    ...PROJECT_CONFIG_NAMES,
    ...SCAN_TYPES,
    ...SEVERITIES,
    ...EXPLAINED_VARIABLES.map(({ variable }) => variable),
  ])('names %s', (word) => {
    expect(guide).toContain(`\`${word}\``);
  });

  it('names the variables that the command line reads, and no others', () => {
    const read = ['cli/src', 'libs/host-node/src'].flatMap((path) => variablesIn(join(ROOT, path)));
    const named = guide.match(/^\| `(SECURESCAN_[A-Z_]+)`/gmu) ?? [];
    const inTable = named.map((cell) => cell.replaceAll(/[|` ]/gu, ''));
    const known = new Set(read.filter((name) => !INTERNAL.includes(name)));
    expect(new Set(inTable)).toEqual(known);
  });

  it('has a row for each key', () => {
    const rows = guide.match(/^\| `[a-z_]+` /gmu) ?? [];
    expect(rows.map((cell) => cell.replaceAll(/[|` ]/gu, ''))).toEqual([...PROJECT_CONFIG_KEYS]);
  });

  it('shows a configuration that has nothing wrong and every key', () => {
    const text = /```yaml\n([^]*?)```/u.exec(guide)?.[1] ?? '';
    const { issues, places } = lintProjectConfig(text, '.securescan.yml');
    expect(issues).toEqual([]);
    expect(PROJECT_CONFIG_KEYS.filter((key) => !places.has(key))).toEqual([]);
  });
});
