import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedFinding } from '@securescan/core';
import { describeParserContract } from '../parser.contract';
import { parseCheckov } from './report';

const FIXTURES = join(__dirname, '../__fixtures__/checkov');

describeParserContract('checkov', parseCheckov);

interface Check {
  readonly [field: string]: unknown;
}

function outputOf(check: Check, type = 'terraform'): string {
  const failed = {
    check_id: 'CKV_X_1',
    check_name: 'Ensure that all is well.',
    check_result: { result: 'FAILED' },
    file_path: '/infra/main.tf',
    file_abs_path: '/project/infra/main.tf',
    file_line_range: [3, 9],
    resource: 'aws_x.y',
    severity: null,
    ...check,
  };
  return JSON.stringify({ check_type: type, results: { failed_checks: [failed] } });
}

function only(check: Check, type?: string): ParsedFinding | undefined {
  return parseCheckov(outputOf(check, type)).findings[0];
}

function captured(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

describe('parseCheckov', () => {
  it('reads a list of frameworks, a single one, and the counts of nothing', () => {
    const list = parseCheckov(captured('checkov-3.3.30-list.json'));
    expect(new Set(list.findings.map(({ metadata }) => metadata['check_type']))).toEqual(
      new Set(['dockerfile', 'github_actions', 'kubernetes', 'terraform']),
    );
    expect(list.assessed).toHaveLength(5);
    expect(list.skipped).toMatchObject([{ path: '/project/infra/broken.tf' }]);
    expect(parseCheckov(captured('checkov-3.3.30-object.json')).assessed).toHaveLength(1);
    const nothing = { findings: [], assessed: [], skipped: [], notes: [] };
    expect(parseCheckov(captured('checkov-3.3.30-nothing.json'))).toEqual(nothing);
  });

  it('says the same of a file whether it or its directory was scanned', () => {
    const of = (name: string): ParsedFinding[] =>
      parseCheckov(captured(name)).findings.filter(({ filePath }) => filePath?.endsWith('file'));
    expect(of('checkov-3.3.30-object.json')).toEqual(of('checkov-3.3.30-list.json'));
  });

  it('shows what a comment mutes, with the reason if there is one', () => {
    const { findings } = parseCheckov(captured('checkov-3.3.30-list.json'));
    const muted = findings.filter(({ mutedInSource }) => mutedInSource !== undefined);
    expect(muted.map(({ ruleId, mutedInSource }) => [ruleId, mutedInSource?.reason])).toEqual([
      ['CKV_K8S_20', null],
      ['CKV_DOCKER_2', 'The orchestrator asks the service itself'],
      ['CKV_AWS_18', 'The gateway in front keeps the access log'],
    ]);
  });

  it.each([
    [{ severity: 'CRITICAL' }, 'critical'],
    [{ severity: 'low' }, 'low'],
    [{ severity: 'MODERATE' }, 'medium'],
    [{ severity: null }, 'medium'],
    [{ severity: 'LOW', check_result: { evaluated_keys_severity: 'HIGH' } }, 'high'],
    [{ check_id: 'CKV_AWS_24' }, 'high'],
    [{ check_id: 'CKV_AWS_24', severity: 'LOW' }, 'low'],
  ])('takes the severity of %j as %s', (check, severity) => {
    expect(only(check)?.severity).toBe(severity);
  });

  it.each([
    [[], null, null],
    [null, null, null],
    [[0, 0], null, null],
    [[-1, -1], null, null],
    [[4], 4, 4],
    [[4, 9], 4, 9],
    [[9, 4], 9, 9],
  ])('takes the range %j', (range, start, end) => {
    expect(only({ file_line_range: range })).toMatchObject({
      lineStart: start,
      lineEnd: end,
      discriminator: 'aws_x.y CKV_X_1',
    });
  });

  it('names the resource, not the place of the file, and no line where the file lacks something', () => {
    const path = { file_path: '/web/Dockerfile' };
    expect(only({ ...path, resource: '/web/Dockerfile.RUN' })?.discriminator).toBe('RUN CKV_X_1');
    expect(only({ ...path, resource: '/web/Dockerfile.' })).toMatchObject({
      discriminator: 'whole file',
      lineStart: null,
    });
    expect(only({ resource: 'a', resource_address: 'module.b.a' })?.metadata).toMatchObject({
      resource: 'module.b.a',
    });
  });

  it('refers to the index of the policies, and to the guideline where checkov knows one', () => {
    const index = 'https://www.checkov.io/5.Policy%20Index';
    expect(only({}, 'terraform_plan')?.metadata['references']).toEqual([`${index}/terraform.html`]);
    expect(only({}, 'Nobody/knows')?.metadata['references']).toEqual([`${index}/all.html`]);
    expect(only({ guideline: 'https://docs.example/x' })?.metadata).toMatchObject({
      guideline: 'https://docs.example/x',
      references: ['https://docs.example/x', `${index}/terraform.html`],
    });
  });

  it('keeps the code and what it was evaluated to out', () => {
    const secret = 'q7Rt2mZwPx';
    const finding = only({
      code_block: [[1, secret]],
      evaluations: { a: secret },
      check_result: { result: 'FAILED', entity: { password: secret }, evaluated_keys: ['a/b'] },
    });
    expect(JSON.stringify(finding)).not.toContain(secret);
    expect(finding?.description).toBe(
      'aws_x.y does not meet the policy "Ensure that all is well". It looked at a/b.',
    );
  });

  it('takes no broken plan for a file that it left', () => {
    const results = { failed_checks: [], parsing_errors: ['/project/.vscode/settings.json'] };
    const report = (type: string): string => JSON.stringify({ check_type: type, results });
    expect(parseCheckov(report('terraform_plan')).skipped).toEqual([]);
    expect(parseCheckov(report('terraform')).skipped).toHaveLength(1);
  });
});
