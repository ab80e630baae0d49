import { aFinding, anOutcome, anyText } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import { sha256Hex } from '../fingerprint/sha256';
import { isActive, suppressionOf } from '../model/suppression';
import { summarise } from '../pipeline/summarise';
import { toScanDocument } from '../render/document';
import { renderJson } from '../render/json';
import { applyBaseline } from './apply-baseline';
import { renderBaseline } from './baseline';
import { readSnapshot } from './snapshot';

const first = aFinding({ lineStart: 12 });
const second = aFinding({ title: 'Another', severity: 'low', filePath: null, lineStart: null });
const muted = aFinding({ title: 'Muted', metadata: { suppressed_by: 'inline' } });

function baselineOf(findings: Parameters<typeof renderBaseline>[0]['findings']): string {
  return renderBaseline({
    generatedBy: 'securescan',
    targetPath: '..',
    scanTypes: ['iac', 'code'],
    outcomes: [
      anOutcome(),
      anOutcome({ scanner: 'bandit', status: 'skipped', reason: 'bandit is not installed' }),
    ],
    findings,
  });
}

describe('the text of a baseline', () => {
  it('holds what is active, and nothing that changes by itself', () => {
    const text = baselineOf([second, muted, first]);
    const body = JSON.parse(text) as { findings: Record<string, unknown>[] };
    expect(text.endsWith('}\n')).toBe(true);
    expect(body).toMatchObject({
      version: 1,
      generated_by: 'securescan',
      target_path: '..',
      scan_types: ['code', 'iac'],
      scanners: [
        { name: 'bandit', status: 'skipped', reason: 'bandit is not installed' },
        { name: 'semgrep', status: 'completed', reason: null },
      ],
    });
    expect(body.findings.map(({ title }) => title)).toEqual([first.title, second.title]);
    expect(Object.keys(body.findings[0] ?? {})).toEqual([
      'aliases',
      'cwe',
      'file_path',
      'fingerprint',
      'line_start',
      'rule_id',
      'scan_type',
      'scanner',
      'severity',
      'title',
    ]);
  });

  it('is the same for any order of the findings', () => {
    expect(baselineOf([first, second])).toBe(baselineOf([second, first]));
  });
});

describe('readSnapshot', () => {
  it('reads a baseline back', () => {
    const snapshot = readSnapshot(baselineOf([first, second]), 'baseline.json');
    expect(snapshot.kind).toBe('baseline');
    expect(snapshot.scanTypes).toEqual(['code', 'iac']);
    expect(snapshot.coverage?.map(({ scanner, status }) => [scanner, status])).toEqual([
      ['bandit', 'skipped'],
      ['semgrep', 'completed'],
    ]);
    expect(snapshot.findings.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(snapshot.findings[0]).toMatchObject({ lineStart: 12, aliases: first.aliases });
  });

  it('reads a report back, whole', () => {
    const outcome = anOutcome({
      rulePackDigest: 'abc',
      filesSkipped: [{ reason: 'binary', count: 3, paths: ['a.png'] }],
    });
    const report = renderJson(
      toScanDocument({
        toolVersion: '1.0.0',
        target: '.',
        project: null,
        scanTypes: ['code'],
        outcomes: [outcome],
        summary: summarise([first, muted], [outcome]),
        findings: [first, muted],
        notices: [],
      }),
    );
    const snapshot = readSnapshot(report, 'report.json');
    expect(snapshot).toMatchObject({ kind: 'report', scanTypes: ['code'] });
    expect(snapshot.findings).toEqual([muted, first]);
    expect(snapshot.coverage).toEqual([
      {
        scanner: 'semgrep',
        status: 'completed',
        reason: null,
        rulePackDigest: 'abc',
        isCut: false,
        skippedFiles: new Set(['a.png']),
        unnamedSkippedFiles: 2,
      },
    ]);
  });

  it('needs no more than fingerprints', () => {
    const list = [{ fingerprint: first.fingerprint }, { fingerprint: first.fingerprint }];
    const bare = readSnapshot(JSON.stringify(list), 'known.json');
    const wrapped = readSnapshot(JSON.stringify({ findings: list }), 'known.json');
    expect(bare.findings.map(({ occurrence }) => occurrence)).toEqual([1, 2]);
    expect(wrapped.findings).toEqual(bare.findings);
    expect(bare.coverage).toBeNull();
  });

  it.each([
    ['', 'it is empty'],
    ['{', 'it is not JSON'],
    ['3', 'the top level is not an object'],
    ['{}', '"findings" is not a list'],
    ['{"version":2,"findings":[]}', 'is of version 2, and this program reads version 1'],
    ['{"version":"1","findings":[]}', '"version" is not a whole number'],
    ['[{}]', '"[0].fingerprint" is not a text'],
    ['[{"fingerprint":"zz"}]', 'is not 64 hexadecimal digits'],
    ['{"findings":[],"scanners":[{"name":"x","status":"odd"}]}', '"odd" is none of completed'],
    ['{"findings":[],"scan_types":["odd"]}', '"odd" is none of code'],
    ['{"tool":{},"version":1,"findings":[]}', '"scanner_outcomes" is not a list'],
  ])('refuses %j', (text, words) => {
    expect(() => readSnapshot(text, 'known.json')).toThrow(UserError);
    expect(() => readSnapshot(text, 'known.json')).toThrow(words);
    expect(() => readSnapshot(text, 'known.json')).toThrow('known.json');
  });

  it('throws nothing but its own refusal', () => {
    const json = fc.oneof(
      anyText(),
      fc.json(),
      fc.json().map((text) => `{"findings":[${text}]}`),
    );
    fc.assert(
      fc.property(json, (text) => {
        try {
          readSnapshot(text, 'x');
        } catch (error) {
          expect(error).toMatchObject({ code: 'SNAPSHOT_INVALID' });
        }
      }),
    );
  });
});

describe('applyBaseline', () => {
  const copyOn = (line: number) =>
    aFinding({ lineStart: line, fingerprint: sha256Hex('same'), occurrence: line });
  const active = (findings: readonly (typeof first)[]) =>
    findings.filter(isActive).map(({ lineStart }) => lineStart);

  it('suppresses what it holds and leaves the rest', () => {
    const findings = applyBaseline([first, second], [first]);
    expect(findings[0]).toEqual({ ...first, metadata: { suppressed_by: 'baseline' } });
    expect(findings[1]).toBe(second);
  });

  it('covers no more than it counts, the nearest first', () => {
    const findings = applyBaseline([copyOn(3), copyOn(20), copyOn(40)], [copyOn(18)]);
    expect(active(findings)).toEqual([3, 40]);
  });

  it('knows a finding by any alias', () => {
    const alias = { scanner: 'bandit', ruleId: 'B608', fingerprint: sha256Hex('bandit') };
    const merged = aFinding({ aliases: [alias, ...first.aliases] });
    const alone = aFinding({ scanner: 'bandit', fingerprint: alias.fingerprint, aliases: [alias] });
    expect(active(applyBaseline([merged], [alone]))).toEqual([]);
    expect(active(applyBaseline([alone], [merged]))).toEqual([]);
  });

  it('leaves a suppression as it is', () => {
    const findings = applyBaseline([muted], [muted, first]);
    expect(findings.map((finding) => suppressionOf(finding)?.kind)).toEqual(['inline']);
  });
});
