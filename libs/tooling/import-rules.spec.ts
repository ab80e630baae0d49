import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const fixture = join(__dirname, '__fixtures__', 'import-violations');

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

/** A copy of our layout in which each file breaks a rule: what the chain check says of it, as `rule <- file`. */
function violationsOfFixture(): Set<string> {
  const script = `
    import { cruise } from 'dependency-cruiser';
    import config from './libs/tooling/dependency-cruiser.mjs';
    const { exclude, tsConfig, ...options } = config.options;
    const result = await cruise(['libs', 'server', 'cli', 'dashboard'], {
      ...options, baseDir: process.argv[1], validate: true, ruleSet: { forbidden: config.forbidden },
    });
    process.stdout.write(JSON.stringify(result.output.summary.violations));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script, fixture], {
    cwd: root,
    encoding: 'utf8',
  });
  const violations = JSON.parse(output) as Violation[];
  return new Set(violations.map(({ rule, from }) => `${rule.name} <- ${from}`));
}

describe('the import matrix in the chain check', () => {
  const found = violationsOfFixture();

  it.each([
    'contracts-imports-only-its-own <- libs/contracts/src/index.ts',
    'core-imports-only-its-own <- libs/core/src/index.ts',
    'core-without-node <- libs/core/src/index.ts',
    'core-packages <- libs/core/src/index.ts',
    'core-reaches-no-node <- libs/contracts/src/index.ts',
    'no-cycles <- libs/core/src/first.ts',
    'no-tests-in-sources <- libs/core/src/uses-testing.ts',
    'scan-engine-imports-only-its-own <- libs/scan-engine/src/index.ts',
    'scan-engine-without-node <- libs/scan-engine/src/index.ts',
    'host-node-packages <- libs/host-node/src/index.ts',
    'server-imports-only-its-own <- server/src/modules/scans/scans.service.ts',
    'server-without-node <- server/src/modules/scans/scans.service.ts',
    'modules-do-not-reach-into-platform <- server/src/modules/scans/scans.service.ts',
    'cli-imports-only-its-own <- cli/src/main.ts',
    'cli-packages <- cli/src/main.ts',
    'dashboard-imports-only-its-own <- dashboard/src/app/features/a/page.ts',
    'features-stay-apart <- dashboard/src/app/features/a/page.ts',
    'ui-is-dumb <- dashboard/src/app/ui/pill.ts',
  ])('%s', (expected) => {
    expect([...found]).toContain(expected);
  });

  it('lets the platform of the server use Node', () => {
    expect([...found].filter((line) => line.endsWith('server/src/platform/queue.ts'))).toEqual([]);
  });
});
