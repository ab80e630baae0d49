import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCANNERS } from './registry';
import type { Scanner } from './scanner';

const GUIDE = readFileSync(join(__dirname, '../../../docs/scanners.md'), 'utf8');
const README = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
const ORDER = [
  'semgrep',
  'bandit',
  'trivy',
  'checkov',
  'baseline',
  'secrets',
  'safety',
  'licenses',
  'dockerfile',
  'npm-audit',
  'git-hygiene',
  'builtin_dast',
  'zap',
  'nmap',
];

/** By the name of the section, its facts by their label. */
const sections = new Map(
  GUIDE.split(/^## /mu)
    .slice(1)
    .map((section) => {
      const [name = '', ...lines] = section.split('\n');
      const facts = lines.flatMap((line) => {
        const fact = /^- \*\*(?<label>[^:]+):\*\* (?<text>.+)$/u.exec(line)?.groups;
        return fact === undefined ? [] : [[fact['label'] ?? '', fact['text'] ?? ''] as const];
      });
      return [name, new Map(facts)] as const;
    }),
);

function fact(scanner: Scanner, label: string): string {
  return sections.get(scanner.name)?.get(label) ?? '';
}

describe('the registry', () => {
  it('holds the fourteen, in their order', () => {
    expect(SCANNERS.map(({ name }) => name)).toEqual(ORDER);
  });
});

describe('the guide to the scanners', () => {
  it('has a section for each, in the order of the registry', () => {
    expect([...sections.keys()]).toEqual(ORDER);
  });

  it.each(SCANNERS.map((scanner) => [scanner.name, scanner] as const))(
    'tells of %s what the code says',
    (_name, scanner) => {
      expect(fact(scanner, 'Type')).toBe(scanner.scanType);
      expect(fact(scanner, 'Time limit')).toBe(`${scanner.timeLimitMs / 1000} s`);
      for (const label of ['Looks for', 'Runs', 'Proved by']) {
        expect(fact(scanner, label)).toMatch(/^.{20,}\.$/u);
      }
      const codes = scanner.kind === 'external' ? scanner.successExitCodes.join(', ') : 'none';
      expect(fact(scanner, 'Exit codes')).toBe(codes);
      expect(fact(scanner, 'Network') === 'none').toBe(!usesNetwork(scanner));
      if (scanner.kind === 'external') {
        expect(fact(scanner, 'Needs')).not.toBe('built in');
        const { package: release } = scanner.tool;
        if (release !== undefined) expect(fact(scanner, 'Proved by')).toContain(release.version);
      }
    },
  );
});

describe('the fixtures', () => {
  /** Whoever reads what somebody else wrote, by the folder of what was captured. */
  const parsing = SCANNERS.flatMap(({ kind, name }) => (kind === 'external' ? [name] : []));

  it.each([...parsing, 'zap', 'gitleaks'])(
    'of %s hold output, and say how it was captured',
    (name) => {
      const folder = join(__dirname, 'scanners/__fixtures__', name);
      const names = readdirSync(folder);
      const outputs = names.filter((file) => /-\d[\w.-]*\.(?:json|xml)$/u.test(file));
      const captured = outputs.filter((file) => !file.endsWith('.findings.json'));
      expect(captured).not.toEqual([]);
      // Each with the findings that it becomes.
      expect(outputs.length).toBe(2 * captured.length);
      expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(/\d+\.\d+/u);
    },
  );
});

it('is in the table of the README with its type', () => {
  for (const { name, scanType } of SCANNERS) {
    expect(README).toMatch(new RegExp(`^\\| \`${name}\` +\\| ${scanType} +\\|`, 'mu'));
  }
});

function usesNetwork(scanner: Scanner): boolean {
  if (scanner.kind === 'external') {
    return scanner.needsNetwork({ semgrepRules: ['p/ci'], targetHost: '127.0.0.1' });
  }
  return scanner.kind === 'builtin' && scanner.needsNetwork === true;
}
