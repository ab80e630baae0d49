import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFileTree, anInspectContext, expectGolden, reportOf } from '@securescan/testing';
import type { BuiltinScanner, FileScanner, ScannerReport, ScanOptions } from '../scanner';
import { RULE_ID } from './scanner.contract';

const FIXTURES = join(__dirname, '__fixtures__');
const MOST_FINDINGS = 1_000;

/**
 * What holds for a scanner of our own over the tree in `__fixtures__/<scanner>/tree`: it finds something, says where, and says
 * exactly what stands in `findings.json` beside the tree.
 */
export function describeTreeContract(
  scanner: BuiltinScanner | FileScanner,
  options: ScanOptions = { semgrepRules: [] },
): void {
  const directory = join(FIXTURES, scanner.name);

  describe(`${scanner.name} over its tree`, () => {
    it('finds what is there to find', async () => {
      const { findings } = await inspect(scanner, join(directory, 'tree'), options);
      expect(findings).not.toEqual([]);
      const report = `${JSON.stringify(findings, null, 2)}\n`;
      expectGolden(join(directory, 'findings.json'), report);
    });

    it('names a rule and a file with each finding, and a line or what else tells it apart', async () => {
      const { findings } = await inspect(scanner, join(directory, 'tree'), options);
      for (const { ruleId, filePath, lineStart, discriminator } of findings) {
        expect(ruleId).toMatch(RULE_ID);
        expect(filePath).not.toBeNull();
        expect(lineStart ?? discriminator).toBeDefined();
      }
    });
  });
}

async function inspect(
  scanner: BuiltinScanner | FileScanner,
  directory: string,
  options: ScanOptions,
): Promise<Pick<ScannerReport, 'findings'>> {
  const files = aFileTree(contentsOf(directory));
  const context = anInspectContext({ files, options });
  if (scanner.kind === 'builtin') return reportOf(await scanner.inspect(context));
  const selection = await scanner.select(context);
  const reports = selection.files.map(async (path) =>
    scanner.inspectFile(path, (await files.readText(path)) ?? '', MOST_FINDINGS),
  );
  return { findings: (await Promise.all(reports)).flatMap(({ findings }) => findings) };
}

function contentsOf(directory: string): Record<string, string> {
  if (!existsSync(directory)) return {};
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length + 1), readFileSync(path, 'utf8')]),
  );
}
