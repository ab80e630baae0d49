import { describeParserContract } from './parser.contract';
import { ScannerOutputError } from './scanner-output.errors';
import { parseSemgrep } from './semgrep';

describeParserContract('semgrep', parseSemgrep);

describe('parseSemgrep', () => {
  const result = (extra: object): string =>
    JSON.stringify({
      results: [{ check_id: 'a.b', path: 'x.py', start: { line: 3 }, end: { line: 4 }, extra }],
      errors: [],
      paths: { scanned: ['x.py'] },
    });

  it.each([
    ['CRITICAL', 'critical'],
    ['ERROR', 'high'],
    ['HIGH', 'high'],
    ['WARNING', 'medium'],
    ['MEDIUM', 'medium'],
    ['INFO', 'low'],
    ['low', 'low'],
    ['INVENTORY', 'info'],
    ['UNHEARD_OF', 'low'],
    [null, 'low'],
  ])('takes severity %s as %s', (severity, expected) => {
    expect(parseSemgrep(result({ severity })).findings[0]?.severity).toBe(expected);
  });

  it('does without a message and without metadata', () => {
    expect(parseSemgrep(result({ severity: 'ERROR' })).findings[0]).toMatchObject({
      ruleId: 'a.b',
      title: 'a.b',
      description: 'a.b',
      cwe: null,
      remediation: null,
      metadata: {},
    });
  });

  it('keeps a replacement as data and never as advice', () => {
    const [finding] = parseSemgrep(result({ severity: 'ERROR', fix: 'safe($X)' })).findings;
    expect(finding).toMatchObject({ remediation: null, metadata: { suggested_code: 'safe($X)' } });
  });

  it.each([
    [{ references: ['https://a.test', 'https://b.test'] }, ['https://a.test', 'https://b.test']],
    [{ references: 'https://a.test' }, ['https://a.test']],
    [{ references: [7, 'https://a.test'], source: 'https://s.test' }, ['https://a.test']],
    [{ references: [], source: 'https://s.test/r/a' }, ['https://s.test/r/a']],
    [{ source: 'where it came from' }, undefined],
  ])('lists the references of %j', (metadata, references) => {
    const [finding] = parseSemgrep(result({ severity: 'ERROR', metadata })).findings;
    expect(finding?.metadata['references']).toEqual(references);
  });

  it('refuses metadata that is nested beyond all reason', () => {
    const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const output = result({ metadata: 'HERE' }).replace('"HERE"', deep);
    expect(() => parseSemgrep(output)).toThrow(ScannerOutputError);
  });

  it('names the field that is wrong', () => {
    expect(() => parseSemgrep(result({ severity: 3 }))).toThrow(
      'The output of semgrep cannot be read: "results[0].extra.severity" is not a text.',
    );
  });

  it('says what was skipped and why', () => {
    const skipped = [
      { path: 'a.js', reason: 'exceeded_size_limit' },
      { path: 'dist/b.js', reason: 'cli_exclude_flags_match' },
    ];
    const output = JSON.stringify({ results: [], errors: [], paths: { scanned: [], skipped } });
    expect(parseSemgrep(output).skipped).toEqual([{ path: 'a.js', reason: 'exceeded size limit' }]);
  });
});
