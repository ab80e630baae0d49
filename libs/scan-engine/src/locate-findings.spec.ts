import type { ParsedFinding } from '@securescan/core';
import { locateFindings, type LocatedReports } from './locate-findings';
import type { FileTree } from './ports';
import type { Scanner } from './scanner';

const SCANNER: Scanner = {
  kind: 'builtin',
  name: 'probe',
  scanType: 'code',
  description: '',
  checks: [],
  timeLimitMs: 1,
  rules: [],
  inspect: () => Promise.resolve({ findings: [], assessed: [], skipped: [], notes: [] }),
};

function parsed(
  filePath: string | null,
  lineStart: number | null,
  lineEnd: number | null = lineStart,
): ParsedFinding {
  const words = {
    ruleId: 'r',
    severity: 'low',
    title: 't',
    description: 'd',
    cwe: null,
    remediation: null,
  } as const;
  return { ...words, filePath, lineStart, lineEnd, metadata: {} };
}

class MemoryTree implements FileTree {
  readonly files = [];
  readonly maxFileBytes = 1_000_000;
  readonly notes = [];
  readonly skipped = [];
  readonly irregular = [];
  readonly reads: string[] = [];

  constructor(private readonly texts: Readonly<Record<string, string>>) {}

  readText(path: string): Promise<string | null> {
    this.reads.push(path);
    return Promise.resolve(this.texts[path] ?? null);
  }
}

function locate(findings: readonly ParsedFinding[], tree: FileTree): Promise<LocatedReports> {
  return locateFindings([{ scanner: SCANNER, registryIndex: 3, findings }], '/srv', tree);
}

const numbered = (count: number): string =>
  Array.from({ length: count }, (_, index) => `l${index + 1}`).join('\n');

describe('locateFindings', () => {
  it('reads no source for a finding that withholds it', async () => {
    const tree = new MemoryTree({ shadow: numbered(9) });
    const finding = { ...parsed('shadow', 5), withholdsSource: true } as const;
    const { inputs } = await locate([finding], tree);
    expect(inputs).toMatchObject([{ filePath: 'shadow', sourceLines: null, snippet: null }]);
    expect(inputs[0]?.parsed.lineStart).toBe(5);
    expect(tree.reads).toEqual([]);
  });

  it('attaches the matched lines and up to seven around them', async () => {
    const { inputs } = await locate([parsed('a', 5, 6)], new MemoryTree({ a: numbered(20) }));
    expect(inputs).toEqual([
      {
        scanner: 'probe',
        scanType: 'code',
        registryIndex: 3,
        parsed: parsed('a', 5, 6),
        filePath: 'a',
        sourceLines: ['l5', 'l6'],
        snippet: { startLine: 2, lines: ['l2', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8'] },
      },
    ]);
  });

  it('matches at most ten lines, and stays within the file', async () => {
    const findings = [parsed('a', 1, 99), parsed('a', 4, 2), parsed('a', 20, 25)];
    const { inputs } = await locate(findings, new MemoryTree({ a: numbered(20) }));
    expect(inputs.map((input) => input.sourceLines?.length)).toEqual([10, 1, 1]);
    expect(inputs[2]?.snippet).toEqual({ startLine: 17, lines: ['l17', 'l18', 'l19', 'l20'] });
  });

  it('reads lines alike whatever ends them', async () => {
    const [unix, dos] = await Promise.all(
      ['a\nb\nc', 'a\r\nb\r\nc'].map((text) =>
        locate([parsed('a', 2)], new MemoryTree({ a: text })),
      ),
    );
    expect(dos?.inputs).toEqual(unix?.inputs);
    expect(unix?.inputs[0]?.sourceLines).toEqual(['b']);
  });

  it('reads each file once and keeps the order of the reports', async () => {
    const tree = new MemoryTree({ a: 'a1\na2', b: 'b1' });
    const { inputs } = await locate(
      [parsed('a', 1), parsed('/srv/b', 1), parsed('./a', 2), parsed(null, null)],
      tree,
    );
    expect(tree.reads).toEqual(['a', 'b']);
    expect(inputs.map((input) => [input.filePath, input.sourceLines])).toEqual([
      ['a', ['a1']],
      ['b', ['b1']],
      ['a', ['a2']],
      [null, null],
    ]);
  });

  it('has no source for what is unreadable, has no line, or has changed since', async () => {
    const tree = new MemoryTree({ a: 'one' });
    const { inputs } = await locate(
      [parsed('gone', 1), parsed('a', null), parsed('a', 7), parsed('a', 0)],
      tree,
    );
    expect(inputs.map((input) => [input.filePath, input.sourceLines, input.snippet])).toEqual([
      ['gone', null, null],
      ['a', null, null],
      ['a', null, null],
      ['a', null, null],
    ]);
  });

  it('names no path outside the root and reads nothing there', async () => {
    const tree = new MemoryTree({ '../b': 'secret' });
    const { inputs, outside } = await locate(
      [parsed('/etc/passwd', 1), parsed('../b', 1), parsed('/srv', 1)],
      tree,
    );
    expect(inputs.map((input) => input.filePath)).toEqual([null, null, null]);
    expect([...outside]).toEqual([['probe', 2]]);
    expect(tree.reads).toEqual([]);
  });
});
