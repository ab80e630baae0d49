import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  aFinding,
  aHostileDocument,
  anOutcome,
  anyText,
  aScanDocument,
  codeScanningProblems,
  describeWithTool,
  findOnPath,
  HOSTILE_TEXTS,
  SOME_FINDINGS,
} from '@securescan/testing';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Log, Run } from 'sarif';
import type { Finding } from '../../model/finding';
import { compareCodePoints } from '../../order/compare-code-points';
import type { ScanDocument } from '../document';
import { renderSarif, sarifChunks } from './sarif';

const VALIDATOR = 'sarif-multitool';

function runsOf(document: ScanDocument): Run[] {
  return (JSON.parse(renderSarif(document)) as Log).runs;
}

function withText(text: string): ScanDocument {
  const finding = aFinding({
    ruleId: text,
    title: text,
    description: text,
    remediation: text,
    filePath: pathOf(text),
    complianceTags: [text],
    metadata: { suppressed_by: 'config', suppression_reason: text },
  });
  const outcome = anOutcome({ status: 'failed', reason: text, installHint: text });
  return { ...aScanDocument([finding, aFinding()], [outcome]), project: text };
}

/** A path below the root, as the engine gives it. */
function pathOf(text: string): string {
  const segments = text.split('/').filter((segment) => !/^\.{0,2}$/.test(segment));
  return ['a', ...segments].join('/');
}

const texts = fc.oneof(anyText(), fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }));

describe('renderSarif', () => {
  const runs = runsOf(aScanDocument());

  it('has a run for each scan type that was asked for or found something, with a category of its own', () => {
    expect(
      runs.map(({ automationDetails, results }) => [automationDetails?.id, results?.length]),
    ).toEqual([
      ['securescan/code/', 4],
      ['securescan/dependency/', 1],
      ['securescan/iac/', 1],
      ['securescan/network/', 1],
    ]);
    const elsewhere = runsOf({ ...aScanDocument([]), target: 'services/a b' });
    expect(elsewhere.map(({ automationDetails }) => automationDetails?.id)).toEqual([
      'securescan/code/services/a%20b/',
      'securescan/iac/services/a%20b/',
    ]);
  });

  it('names the rule of every result by id and index, the rules in order', () => {
    for (const { tool, results = [] } of runs) {
      const rules = tool.driver.rules ?? [];
      const ids = rules.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort(compareCodePoints));
      for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
  });

  it('tags weaknesses as code scanning links them, and controls as they are', () => {
    const rule = runs[0]?.tool.driver.rules?.find(({ id }) => id === 'sql-injection');
    expect(rule?.properties).toEqual({
      'security-severity': '7.5',
      tags: ['security', 'external/cwe/cwe-089', 'OWASP-A03'],
    });
    expect(rule?.helpUri).toBe('https://cwe.mitre.org/data/definitions/89.html');
  });

  it('tells findings that share a fingerprint apart', () => {
    const twins = [1, 2].map((occurrence) => aFinding({ fingerprint: 'a'.repeat(64), occurrence }));
    const results = runsOf(aScanDocument(twins))[0]?.results;
    expect(results?.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { primaryLocationLineHash: `${'a'.repeat(64)}:1`, 'securescan/v1': 'a'.repeat(64) },
      { primaryLocationLineHash: `${'a'.repeat(64)}:2`, 'securescan/v1': 'a'.repeat(64) },
    ]);
  });

  it('shows what is suppressed with its kind and reason', () => {
    const suppressions = runs.flatMap(({ results = [] }) =>
      results.flatMap((result) => result.suppressions ?? []),
    );
    expect(suppressions).toEqual([
      { kind: 'external', status: 'accepted' },
      { kind: 'inSource', status: 'accepted', justification: 'a build image, never shipped' },
    ]);
  });

  it('says of each run what did not complete', () => {
    const [code, dependency, iac] = runs.map(({ invocations }) => invocations?.[0]);
    expect(code).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'scanner-timed-out' } }],
    });
    expect(dependency).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'warning', descriptor: { id: 'scanner-skipped' } }],
    });
    expect(iac).toEqual({ executionSuccessful: false, toolExecutionNotifications: [] });
    expect(runsOf(aScanDocument(SOME_FINDINGS, [anOutcome()]))[0]?.invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });

  it('lets no text be a placeholder or a link', () => {
    const text = 'uses {0} and [this](http://evil.invalid) and [that] (2)';
    const [run] = runsOf(aScanDocument([aFinding({ description: text })]));
    expect(run?.results?.[0]?.message.text).toBe(
      'uses {{0}} and \\[this](http://evil.invalid) and [that] (2)',
    );
  });

  it('is what code scanning takes, for any text', () => {
    expect(codeScanningProblems(renderSarif(aScanDocument()))).toEqual([]);
    expect(codeScanningProblems(renderSarif(aScanDocument([], [])))).toEqual([]);
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text !== '');
        expect(codeScanningProblems(renderSarif(withText(text)))).toEqual([]);
      }),
    );
  });
});

/** Findings without shared texts, so that they compress badly where they are long. */
function manyFindings(count: number, wordsOf: (index: number) => string): Finding[] {
  const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
  return Array.from({ length: count }, (_, index) => {
    const fingerprint = index.toString(16).padStart(64, '0');
    return aFinding({
      fingerprint,
      severity: severities[Math.floor((index * severities.length) / count)] ?? 'info',
      scanType: index % 3 === 0 ? 'iac' : 'code',
      ruleId: `rule-${String(index % 40)}`,
      description: wordsOf(index),
      lineStart: index + 1,
      lineEnd: index + 1,
      id: fingerprint,
    });
  });
}

describe('the limits of code scanning', () => {
  const random = (index: number): string =>
    Array.from({ length: 12 }, (_, place) =>
      (Math.imul(index * 12 + place + 1, 2_654_435_761) >>> 0).toString(36),
    ).join('');

  function shownAndWithheld(document: ScanDocument) {
    const text = renderSarif(document);
    const { runs } = JSON.parse(text) as Log;
    const shown = new Set(
      runs.flatMap(({ results = [] }) =>
        results.map(({ properties }) => properties?.['id'] as string),
      ),
    );
    const withheld = document.findings.filter(({ id }) => !shown.has(id));
    const notices = runs.flatMap(
      ({ invocations }) => invocations?.[0]?.toolExecutionNotifications ?? [],
    );
    return { text, shown, withheld, words: notices.map(({ message }) => message.text ?? '') };
  }

  it.each([1, 5_001, 25_001, 51_000])(
    'hold for %i findings, and what is left out is said',
    (count) => {
      const document = aScanDocument(
        manyFindings(count, () => 'The same words.'),
        [anOutcome()],
      );
      const { text, shown, withheld, words } = shownAndWithheld(document);
      expect(codeScanningProblems(text)).toEqual([]);
      expect(shown.size + withheld.length).toBe(count);
      const said = words.map((sentence) =>
        Number(/^(\d+) results are withheld/.exec(sentence)?.[1] ?? 0),
      );
      expect(said.reduce((sum, one) => sum + one, 0)).toBe(withheld.length);
      expect(words.some((sentence) => sentence.includes('shows the 5000 worst'))).toBe(
        count > 5_001,
      );
    },
  );

  it('hold for texts that do not compress, and never leave out a critical before a low', () => {
    const words = (index: number): string =>
      Array.from({ length: 12 }, (_, part) => random(index * 12 + part)).join(' ');
    const document = aScanDocument(manyFindings(20_000, words), [anOutcome()]);
    const { text, withheld } = shownAndWithheld(document);
    expect(codeScanningProblems(text)).toEqual([]);
    expect(withheld.length).toBeGreaterThan(0);
    const worst = new Set(withheld.map(({ severity }) => severity));
    expect(worst.has('critical')).toBe(false);
    const firstOut = document.findings.indexOf(withheld[0] as Finding);
    expect(document.findings.slice(firstOut)).toEqual(withheld);
  });

  it('are left aside when asked', () => {
    const document = aScanDocument(
      manyFindings(26_000, () => ''),
      [anOutcome()],
    );
    const whole = [...sarifChunks({ ...document, scanTypes: ['code'] }, { limits: 'none' })].join(
      '',
    );
    expect((JSON.parse(whole) as Log).runs.flatMap(({ results = [] }) => results)).toHaveLength(
      26_000,
    );
  });
});

describeWithTool([VALIDATOR], 'SARIF by the schema and the validator of its makers', () => {
  let executable: string;
  let validate: ValidateFunction;

  beforeAll(() => {
    executable = realpathSync(findOnPath(VALIDATOR) ?? '');
    const schema = readFileSync(join(dirname(executable), 'sarif-2.1.0.json'), 'utf8');
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    validate = ajv.compile(JSON.parse(schema) as object);
  });

  function schemaErrors(text: string): unknown {
    return validate(JSON.parse(text)) ? [] : validate.errors;
  }

  it('is valid for the three documents and any text', () => {
    for (const document of [aScanDocument(), aScanDocument([], []), aHostileDocument()]) {
      expect(schemaErrors(renderSarif(document))).toEqual([]);
    }
    fc.assert(
      fc.property(texts, (text) => {
        expect(schemaErrors(renderSarif(withText(text)))).toEqual([]);
      }),
    );
  });

  it('would not be valid with a member that SARIF does not know', () => {
    expect(
      schemaErrors(renderSarif(aScanDocument()).replace('"columnKind"', '"columnType"')),
    ).not.toEqual([]);
  });

  it.each([
    ['scan', aScanDocument()],
    ['empty', aScanDocument([], [])],
    ['hostile', aHostileDocument()],
  ])('has no error by the rules of the standard and of GitHub: %s', (_, document) => {
    const directory = mkdtempSync(join(tmpdir(), 'securescan-sarif-'));
    try {
      const [log, verdict] = ['log.sarif', 'verdict.sarif'].map((name) => join(directory, name));
      writeFileSync(log ?? '', renderSarif(document));
      execFileSync(
        executable,
        [
          'validate',
          log ?? '',
          '--rule-kind',
          'Sarif;Gh',
          '--level',
          'Error',
          '--output',
          verdict ?? '',
        ],
        { stdio: 'ignore' },
      );
      const { runs } = JSON.parse(
        readFileSync(verdict ?? '', 'utf8').replace(/^\ufeff/, ''),
      ) as Log;
      expect(runs[0]?.invocations?.[0]?.executionSuccessful).toBe(true);
      expect(runs[0]?.results ?? []).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
