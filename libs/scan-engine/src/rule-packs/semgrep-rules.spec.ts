import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import { describeWithTool } from '@securescan/testing';
import { parse } from 'yaml';

const RULES = join(__dirname, '../../rules/semgrep');
const EXAMPLES = join(__dirname, '../../rules/semgrep-examples');
const FAMILIES = ['config', 'go', 'java', 'javascript', 'python'] as const;
const LEAST_RULES = 34;
const ANNOTATION = /^\s*(?:\/\/|#) (?<kind>ruleid|ok): (?<rule>\S+)$/;

interface Rule {
  readonly family: string;
  readonly id: string;
  readonly languages: readonly string[];
  readonly severity: string;
  readonly message: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface Annotation {
  readonly kind: string;
  readonly rule: string;
  /** `<rule> <file>:<line>` of the line of code that it stands above. */
  readonly place: string;
}

const rules = readRules();
const annotations = listFiles(EXAMPLES).flatMap(readAnnotations);

describe('the semgrep rule pack', () => {
  it('covers every family', () => {
    expect(rules.length).toBeGreaterThanOrEqual(LEAST_RULES);
    expect([...new Set(rules.map(({ family }) => family))].sort(compareCodePoints)).toEqual(
      FAMILIES,
    );
  });

  it('holds rule files alone, because semgrep loads every file of the directory', () => {
    expect(listFiles(RULES).filter((file) => extname(file) !== '.yml')).toEqual([]);
  });

  it('gives every rule an id of its own', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('describes %s', (_id, rule) => {
    expect(rule.id).toMatch(new RegExp(`^securescan\\.${rule.family}\\.[a-z0-9]+(-[a-z0-9]+)*$`));
    expect(rule.languages.length).toBeGreaterThan(0);
    // The older names: they work with every semgrep release that is in use.
    expect(['ERROR', 'WARNING', 'INFO']).toContain(rule.severity);
    expect(rule.message).toMatch(/^[A-Za-z][^\n]+\. [A-Z][^\n]+\.$/);
    expect(rule.metadata).toEqual({
      title: expect.stringMatching(/^[A-Z].{10,60}[^.]$/),
      cwe: expect.stringMatching(/^CWE-[1-9]\d*$/),
      confidence: expect.stringMatching(/^(HIGH|MEDIUM|LOW)$/),
      remediation: expect.stringMatching(/^[A-Z].+\.$/),
      references: expect.arrayContaining([expect.stringMatching(/^https:\/\//)]),
    });
  });

  it.each(rules.map(({ id }) => [id]))('has examples for and against %s', (id) => {
    const kinds = annotations.filter(({ rule }) => rule === id).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['ruleid', 'ok']));
  });

  it('knows every rule that an example names', () => {
    const ids = new Set(rules.map(({ id }) => id));
    expect(annotations.filter(({ rule }) => !ids.has(rule))).toEqual([]);
  });
});

describeWithTool(['semgrep'], 'the semgrep rule pack in semgrep itself', () => {
  let report: SemgrepReport;

  beforeAll(() => {
    report = runSemgrep();
  }, 120_000);

  it('loads without an error, and every example parses', () => {
    expect(report.errors).toEqual([]);
    const scanned = report.paths.scanned.map(toExampleName).sort(compareCodePoints);
    expect(scanned).toEqual(listFiles(EXAMPLES).map(toExampleName).sort(compareCodePoints));
  });

  it('reports the annotated lines, and no others', () => {
    const reported = report.results.map(
      ({ check_id: rule, path, start }) => `${rule} ${toExampleName(path)}:${String(start.line)}`,
    );
    const expected = annotations.filter(({ kind }) => kind === 'ruleid').map(({ place }) => place);
    expect([...new Set(reported)].sort(compareCodePoints)).toEqual(
      expected.sort(compareCodePoints),
    );
  });
});

interface SemgrepReport {
  readonly errors: readonly unknown[];
  readonly paths: { readonly scanned: readonly string[] };
  readonly results: readonly {
    readonly check_id: string;
    readonly path: string;
    readonly start: { readonly line: number };
  }[];
}

/** One process for everything: most of its time is its start. The directory's rules need no network to load. */
function runSemgrep(): SemgrepReport {
  const home = mkdtempSync(join(tmpdir(), 'securescan-rules-'));
  try {
    const stdout = execFileSync(
      'semgrep',
      [
        'scan',
        '--json',
        '--quiet',
        '--metrics=off',
        '--disable-version-check',
        '--no-rewrite-rule-ids',
        '--disable-nosem',
        '--no-git-ignore',
        '--x-ignore-semgrepignore-files',
        `--config=${RULES}`,
        '--',
        EXAMPLES,
      ],
      {
        cwd: home,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: home, PYTHONUTF8: '1' },
        maxBuffer: 64 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    return JSON.parse(stdout) as SemgrepReport;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function readRules(): readonly Rule[] {
  return listFiles(RULES).flatMap((file) => {
    const content = parse(readFileSync(file, 'utf8')) as { rules: Omit<Rule, 'family'>[] };
    const family = basename(dirname(file));
    return content.rules.map((rule) => ({ ...rule, family }));
  });
}

/** Annotations stand on lines of their own, above the line of code that they speak of. */
function readAnnotations(file: string): readonly Annotation[] {
  const found: Annotation[] = [];
  let waiting: { readonly kind: string; readonly rule: string }[] = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const { kind, rule } = ANNOTATION.exec(line)?.groups ?? {};
    if (kind !== undefined && rule !== undefined) {
      waiting.push({ kind, rule });
      continue;
    }
    const where = `${toExampleName(file)}:${String(index + 1)}`;
    found.push(...waiting.map((each) => ({ ...each, place: `${each.rule} ${where}` })));
    waiting = [];
  }
  return found;
}

function listFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function toExampleName(path: string): string {
  return relative(EXAMPLES, path).split(sep).join('/');
}
