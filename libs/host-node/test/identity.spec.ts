import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Finding, ParsedFinding } from '@securescan/core';
import { runScan } from '@securescan/scan-engine';
import { IDENTITY_CORPORA, identityCasesOf } from '@securescan/testing';
import type { IdentityCase, MarkedFile } from '@securescan/testing';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { builtin, finding, NOTHING, plainRequest } from './stand-ins';

jest.setTimeout(60_000);

/** A file on the disk, and the lines of it that a scanner reports. */
interface Reported {
  readonly path: string;
  readonly content: string;
  readonly from: number;
  readonly to: number;
}

describe('who a finding is, read from the disk', () => {
  let base: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'identity-test-')));
    ports = createHostPorts({
      journalDirectory: join(base, 'run'),
      toolsDirectory: join(base, 'tools'),
    });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  /** Writes the files, has one scanner report all of them, and gives the findings by path. */
  async function scan(
    name: string,
    reported: readonly Reported[],
  ): Promise<ReadonlyMap<string, Finding>> {
    const tree = join(base, name);
    for (const { path, content } of reported) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), content);
    }
    const findings = reported.map(({ path, from, to }): ParsedFinding => ({
      ...finding(path, from),
      lineEnd: to,
    }));
    const scanner = builtin('probe', () => Promise.resolve({ ...NOTHING, findings }));
    const target = await resolveTarget(tree, { cwd: '/' });
    const result = await runScan({ target, ...plainRequest(2) }, ports, () => undefined, {
      scanners: [scanner],
    });
    expect(result.findings).toHaveLength(reported.length);
    return new Map(result.findings.map((each) => [each.filePath ?? '', each]));
  }

  it('is what the corpus of mutations says, for each of its cases', async () => {
    const cases = IDENTITY_CORPORA.flatMap(identityCasesOf).filter(
      ({ reporter, reporterAfter }) => reporter === reporterAfter,
    );
    const before = await scan(
      'before',
      cases.map((each, n) => onDisk(each, each.before, n)),
    );
    const after = await scan(
      'after',
      cases.map((each, n) => onDisk(each, each.after, n)),
    );
    const wrong = cases.filter((each, n) => {
      const path = pathOf(each, n);
      const isKept = before.get(path)?.fingerprint === after.get(path)?.fingerprint;
      return isKept !== each.isKept;
    });
    expect(cases.length).toBeGreaterThanOrEqual(250);
    expect(wrong.map(({ language, name }) => `${language}: ${name}`)).toEqual([]);
  });

  it('is the same whatever the bytes around its line are', async () => {
    const line = 'eval(input); // "why"';
    const contents: readonly (readonly [content: string, from: number])[] = [
      [`a();\n${line}\nb();\n`, 2],
      [`\uFEFFa();\n${line}\nb();\n`, 2],
      [`\uFEFF${line}\n`, 1],
      [`a();\r\n${line}\r\nb();\r\n`, 2],
      [`a();\r\n${line}\nb();\r\n`, 2],
      [`a();\n${line}`, 2],
      [`a();\r\n${line}\r`, 2],
      [`a('\u2028\u2029\u0085');\n${line}\n`, 2],
      [`a();\f\v\n${line}\n`, 2],
      [`\f\n\f${line}\f\n`, 2],
      [`\n\n\n${line}`, 4],
      [`a('é🙂');\n${line}\n`, 2],
      [`a();\n\t${line}  \n`, 2],
    ];
    const identities = new Set<string | undefined>();
    for (const [index, [content, from]] of contents.entries()) {
      const found = await scan(`bytes-${String(index)}`, [
        { path: 'a.js', content, from, to: from },
      ]);
      identities.add(found.get('a.js')?.fingerprint);
    }
    expect(identities.size).toBe(1);
    const other = [{ path: 'a.js', content: 'eval(output);\n', from: 1, to: 1 }];
    const [found] = (await scan('other', other)).values();
    expect(identities).not.toContain(found?.fingerprint);
  });

  it('counts lines as tools do: neither a form feed nor U+2028 ends one', async () => {
    const files = ['\f', '\u2028', '\u2029', '\u0085', '\v'].map((unit, index) => ({
      path: `${String(index)}/a.js`,
      content: `a();${unit}b();\neval(one);\neval(two);\n`,
      from: 2,
      to: 2,
    }));
    for (const each of (await scan('lines', files)).values()) {
      expect(each.metadata).toMatchObject({ snippet: { start_line: 1 } });
      expect(JSON.stringify(each.metadata['snippet'])).toContain('"eval(one);"');
    }
    const second = files.map((file) => ({ ...file, from: 3, to: 3 }));
    const [one, two] = [await scan('one', files), await scan('two', second)];
    for (const { path } of files) {
      expect(one.get(path)?.fingerprint).not.toBe(two.get(path)?.fingerprint);
    }
  });

  it('is the same for both spellings of a name in Unicode', async () => {
    const content = 'eval(input);\n';
    const [composed, apart] = [
      await scan('composed', [{ path: 'caf\u00e9/a.js', content, from: 1, to: 1 }]),
      await scan('apart', [{ path: 'cafe\u0301/a.js', content, from: 1, to: 1 }]),
    ].map((found) => found.get('caf\u00e9/a.js')?.fingerprint);
    expect(composed).toBeDefined();
    expect(apart).toBe(composed);
  });
});

/** Every case has a directory of its own, the same before and after. */
function pathOf({ reporter }: IdentityCase, index: number): string {
  return `${String(index)}/${reporter.filePath}`;
}

function onDisk(each: IdentityCase, file: MarkedFile, index: number): Reported {
  const { lines, from, to, newline = '\n' } = file;
  return { path: pathOf(each, index), content: lines.join(newline) + newline, from, to };
}
