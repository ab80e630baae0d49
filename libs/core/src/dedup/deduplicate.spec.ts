import { aFinding } from '@securescan/testing';
import fc from 'fast-check';
import type { Finding } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import { deduplicate } from './deduplicate';
import type { DedupCandidate } from './deduplicate';

const REGISTRY = ['semgrep', 'bandit', 'trivy', 'secrets', 'dockerfile', 'checkov'];

function candidate(overrides: Partial<Finding>, lineContext = ''): DedupCandidate {
  const finding = aFinding(overrides);
  return { finding, lineContext, registryIndex: REGISTRY.indexOf(finding.scanner) };
}

function merged(...candidates: readonly DedupCandidate[]): Finding[] {
  return inCanonicalOrder(deduplicate(candidates));
}

describe('deduplicate', () => {
  it('merges reports of several scanners on one line with one CWE, and keeps who reported', () => {
    const semgrep = candidate({ scanner: 'semgrep', ruleId: 'sql' });
    const bandit = candidate({ scanner: 'bandit', ruleId: 'B608', remediation: null });
    const [finding, ...others] = merged(bandit, semgrep);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      scanner: 'semgrep',
      fingerprint: semgrep.finding.fingerprint,
      metadata: { also_reported_by: ['bandit'] },
      aliases: [
        { scanner: 'bandit', ruleId: 'B608', fingerprint: bandit.finding.fingerprint },
        { scanner: 'semgrep', ruleId: 'sql', fingerprint: semgrep.finding.fingerprint },
      ],
    });
  });

  it('never looks at titles', () => {
    const one = candidate({ scanner: 'semgrep', cwe: 'CWE-89' });
    const other = candidate({ scanner: 'bandit', cwe: 'CWE-78' });
    const none = candidate({ scanner: 'trivy', cwe: null });
    expect(merged(one, other, none)).toHaveLength(3);
  });

  it.each([
    [{ filePath: 'a.ts' }, { filePath: 'b.ts' }],
    [{ lineStart: 1 }, { lineStart: 2 }],
  ])('leaves %j and %j apart', (first, second) => {
    expect(
      merged(
        candidate({ scanner: 'semgrep', ...first }),
        candidate({ scanner: 'bandit', ...second }),
      ),
    ).toHaveLength(2);
  });

  it('knows rules that mean the same without a CWE', () => {
    const findings = merged(
      candidate({ scanner: 'checkov', scanType: 'iac', ruleId: 'CKV_DOCKER_7', cwe: null }),
      candidate({ scanner: 'dockerfile', scanType: 'iac', ruleId: 'dockerfile/DL001', cwe: null }),
    );
    expect(findings).toMatchObject([{ scanner: 'dockerfile' }]);
  });

  it('brings reports of an instruction together with those of a line in it', () => {
    const iac = { scanType: 'iac', cwe: 'CWE-295' } as const;
    const command = candidate({ ...iac, scanner: 'dockerfile', lineStart: 14, lineEnd: 14 });
    const other = candidate({ ...iac, scanner: 'dockerfile', lineStart: 15, lineEnd: 15 });
    const instruction = candidate({ ...iac, scanner: 'checkov', lineStart: 12, lineEnd: 15 });
    const findings = merged(
      { ...command, blockStart: 12 },
      { ...other, blockStart: 12 },
      instruction,
    );
    expect(findings.map(({ lineStart, aliases }) => [lineStart, aliases.length])).toEqual([
      [14, 2],
      [15, 1],
    ]);
    expect(merged(command, instruction)).toHaveLength(2);
  });

  it('lets the worse severity win over the better authority', () => {
    const findings = merged(
      candidate({ scanner: 'semgrep', severity: 'low' }),
      candidate({ scanner: 'bandit', severity: 'high' }),
    );
    expect(findings).toMatchObject([{ scanner: 'bandit', severity: 'high' }]);
  });

  it('fills in the remediation that only a loser knows', () => {
    const findings = merged(
      candidate({ scanner: 'semgrep', remediation: null }),
      candidate({ scanner: 'bandit', remediation: 'Do this.' }),
    );
    expect(findings).toMatchObject([{ scanner: 'semgrep', remediation: 'Do this.' }]);
  });

  it('pairs one to one: two reports of each scanner are two findings', () => {
    const findings = merged(
      candidate({ scanner: 'semgrep', ruleId: 'a' }),
      candidate({ scanner: 'semgrep', ruleId: 'b' }),
      candidate({ scanner: 'bandit', ruleId: 'B1' }),
      candidate({ scanner: 'bandit', ruleId: 'B2' }),
      candidate({ scanner: 'bandit', ruleId: 'B3' }),
    );
    expect(findings).toHaveLength(3);
    for (const { aliases } of findings) {
      expect(new Set(aliases.map(({ scanner }) => scanner)).size).toBe(aliases.length);
    }
  });

  it('merges without a line on the discriminator alone', () => {
    const noLine = { lineStart: null, lineEnd: null, filePath: null };
    expect(
      merged(
        candidate({ ...noLine, scanner: 'trivy' }, 'lodash'),
        candidate({ ...noLine, scanner: 'semgrep' }, 'lodash'),
        candidate({ ...noLine, scanner: 'bandit' }, 'express'),
      ),
    ).toHaveLength(2);
    expect(
      merged(
        candidate({ ...noLine, scanner: 'trivy' }),
        candidate({ ...noLine, scanner: 'semgrep' }),
      ),
    ).toHaveLength(2);
  });

  it('gives the same whatever the order, and loses no report', () => {
    const report = fc.record({
      scanner: fc.constantFrom(...REGISTRY),
      ruleId: fc.constantFrom('a', 'b', 'dockerfile/DL001', 'CKV_DOCKER_7'),
      cwe: fc.constantFrom('CWE-1', 'CWE-2', null),
      severity: fc.constantFrom('critical', 'low'),
      lineStart: fc.constantFrom(1, 2, null),
    } as const);
    const shuffled = fc
      .uniqueArray(report, { maxLength: 14, selector: (value) => JSON.stringify(value) })
      .chain((reports) => {
        const list = reports.map((overrides) =>
          candidate({ ...overrides, title: JSON.stringify(overrides) }),
        );
        return fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }));
      });
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const findings = merged(...list);
        expect(merged(...other)).toEqual(findings);
        const reported = findings.flatMap(({ aliases }) =>
          aliases.map(({ fingerprint }) => fingerprint),
        );
        expect(new Set(reported)).toEqual(new Set(list.map(({ finding }) => finding.fingerprint)));
        expect(reported).toHaveLength(list.length);
      }),
    );
  });

  it('is done with very many reports on one line', () => {
    const reports = Array.from({ length: 40_000 }, (_, index) =>
      candidate({ scanner: index % 2 === 0 ? 'semgrep' : 'bandit', title: String(index) }),
    );
    expect(deduplicate(reports)).toHaveLength(20_000);
  });
});
