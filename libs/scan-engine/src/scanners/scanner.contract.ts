import { aFileTree, anyText } from '@securescan/testing';
import fc from 'fast-check';
import type { ExternalScanner, FileScanner, Scanner } from '../scanner';
import { ScannerOutputError } from './scanner-output.errors';

/** The grammar of inline directives: a rule id outside of it could not be named there. */
export const RULE_ID = /^[A-Za-z0-9._/-]+$/;

/** Something for everybody, in a directory that looks like an option. */
const HOSTILE_FILES = [
  '-rf/app.py',
  '-rf/main.tf',
  '-rf/package.json',
  '-rf/package-lock.json',
  '-rf/requirements.txt',
];

/** What holds for every scanner, whatever it looks for. */
export function describeScannerContract(scanner: Scanner): void {
  describe(`scanner ${scanner.name}`, () => {
    it('is frozen and has a name that a command line can carry', () => {
      expect(Object.isFrozen(scanner)).toBe(true);
      expect(scanner.name).toMatch(/^[a-z][a-z0-9_-]*$/);
    });

    it('says what it does', () => {
      expect(scanner.description).toMatch(/^[A-Z].{20,}\.$/);
      expect(scanner.checks.length).toBeGreaterThanOrEqual(3);
      expect(new Set(scanner.checks).size).toBe(scanner.checks.length);
      for (const check of scanner.checks) expect(check).toMatch(/^[A-Z].{10,}[^.]$/);
      // What the generator leaves to be written.
      expect([scanner.description, ...scanner.checks].join()).not.toContain('…');
    });

    it('has a time limit between a second and an hour', () => {
      expect(scanner.timeLimitMs).toBeGreaterThanOrEqual(1_000);
      expect(scanner.timeLimitMs).toBeLessThanOrEqual(3_600_000);
    });

    if (scanner.kind === 'external') describeExternalScanner(scanner);
    if (scanner.kind === 'file') describeFileScanner(scanner);
  });
}

function describeExternalScanner(scanner: ExternalScanner): void {
  it('says how to install its tool', () => {
    expect(scanner.tool.executable).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(scanner.tool.installHint).not.toBe('');
    expect(scanner.tool.parseVersion('')).toBeNull();
    expect(scanner.tool.parseVersion('command not found')).toBeNull();
  });

  it('trusts no output of a tool that says nothing or something else', () => {
    for (const output of ['', '\n', 'error', '{}', '"text"', 'null', '{"results":7}']) {
      expect(() => scanner.parse(output, '')).toThrow(ScannerOutputError);
    }
  });

  it('gives the tool no name of the tree that it could take for an option', async () => {
    const target = { root: '/p', path: '/p/-rf', project: 'p' };
    const files = aFileTree(Object.fromEntries(HOSTILE_FILES.map((path) => [path, '{}'])));
    const options = { semgrepRules: [], targetHost: '127.0.0.1' };
    const { commands } = await scanner.plan({
      target,
      options,
      files,
      rulePack: '/rules',
      network: { admit: (host) => Promise.resolve({ addresses: [host] }) },
    });
    for (const { args } of commands) {
      const end = args.indexOf('--');
      const flags = end === -1 ? args : args.slice(0, end);
      expect(flags.filter((word) => word.startsWith('-rf'))).toEqual([]);
    }
  });
}

function describeFileScanner(scanner: FileScanner): void {
  const inspect = (text: string): unknown => scanner.inspectFile('src/any', text, 100);

  it('says the same of any text each time, and never throws', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (lines) => {
        const text = lines.join('\n');
        expect(inspect(text)).toEqual(inspect(text));
      }),
    );
  });
}
