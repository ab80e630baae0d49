import {
  aFileTree,
  aGitRepository,
  aMachine,
  anInspectContext,
  reportOf,
} from '@securescan/testing';
import type { ProcessResult } from '../../ports';
import type { InspectContext, ProgramCall, ScannerReport } from '../../scanner';
import { describeParserContract } from '../parser.contract';
import { RULE_ID } from '../scanner.contract';
import { parseGitleaks } from './gitleaks';
import { gitHygieneScanner } from './scanner';

describeParserContract('gitleaks', parseGitleaks, { accepts: ['[]'] });

const VALUE = 'not-to-be-seen';

function leak(overrides: object = {}): object {
  return {
    RuleID: 'github-pat',
    StartLine: 3,
    EndLine: 3,
    StartColumn: 5,
    EndColumn: 44,
    Match: VALUE,
    Secret: VALUE,
    File: '/p/src/a.js',
    Fingerprint: `${VALUE}:1`,
    ...overrides,
  };
}

function ended(leaks: readonly object[], overrides: Partial<ProcessResult> = {}): ProcessResult {
  return {
    end: 'exited',
    exitCode: 0,
    stdout: JSON.stringify(leaks),
    stderrTail: '',
    durationMs: 1,
    ...overrides,
  };
}

interface Run {
  readonly report: ScannerReport;
  readonly calls: readonly ProgramCall[];
}

/** git-hygiene where gitleaks ends so; the tree is a repository with nothing to find. */
async function inspect(
  answer: (call: ProgramCall) => ProcessResult | null,
  overrides: Partial<InspectContext> = {},
): Promise<Run> {
  const calls: ProgramCall[] = [];
  const machine = aMachine({
    run: (call) => {
      calls.push(call);
      return Promise.resolve(answer(call));
    },
  });
  const context = anInspectContext({
    target: { root: '/p', path: '/p', project: 'p' },
    files: aFileTree({ '.gitignore': '' }),
    git: aGitRepository(),
    machine,
    ...overrides,
  });
  return { report: reportOf(await gitHygieneScanner.inspect(context)), calls };
}

describe('parseGitleaks', () => {
  it('reads rule and place and nothing else', () => {
    const report = parseGitleaks(JSON.stringify([leak({ RuleID: 'a b:c', EndLine: 4 })]));
    expect(report.findings).toMatchObject([
      {
        ruleId: 'git-hygiene/gitleaks-a-b-c',
        severity: 'high',
        cwe: 'CWE-798',
        filePath: '/p/src/a.js',
        lineStart: 3,
        lineEnd: 4,
      },
    ]);
    expect(JSON.stringify(report)).not.toContain(VALUE);
  });

  it('tells findings apart by their lines, and by the rule where there is none', () => {
    const leaks = [leak(), leak({ StartLine: 0 })];
    const { findings } = parseGitleaks(JSON.stringify(leaks));
    expect(findings.map(({ lineStart, discriminator }) => [lineStart, discriminator])).toEqual([
      [3, undefined],
      [null, 'github-pat'],
    ]);
  });

  it('takes what was found again in a decoded text for one', () => {
    const again = { Tags: ['decoded:base64', 'decode-depth:1'] };
    const leaks = [
      leak(),
      leak(again),
      leak({ StartColumn: 50, EndColumn: 89 }),
      leak({ RuleID: 'b' }),
    ];
    expect(parseGitleaks(JSON.stringify(leaks)).findings).toHaveLength(3);
  });

  it.each(['', '\u0000', 'ä'.repeat(1_000)])('makes a rule id of %j', (RuleID) => {
    const [finding] = parseGitleaks(JSON.stringify([leak({ RuleID })])).findings;
    expect(finding?.ruleId).toMatch(RULE_ID);
    expect(finding?.ruleId.length).toBeLessThan(200);
  });
});

describe('git-hygiene with gitleaks', () => {
  it('adds what gitleaks finds', async () => {
    const { report } = await inspect(() => ended([leak()]));
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual([
      'git-hygiene/gitleaks-github-pat',
    ]);
    expect(report.notes).toEqual([]);
  });

  it('says nothing where it is not installed', async () => {
    const { report } = await inspect(() => null);
    expect(report).toMatchObject({ findings: [], notes: [] });
  });

  it.each<[string, Partial<ProcessResult>, string]>([
    ['fails', { exitCode: 1, stderrTail: 'FTL bad config\n' }, 'exit code 1: FTL bad config'],
    ['is killed', { exitCode: null }, 'exited'],
    ['hangs', { end: 'timed_out', exitCode: null }, 'it did not end within 240 s'],
    ['says too much', { end: 'output_too_large', exitCode: null }, 'output_too_large'],
    ['writes nonsense', { stdout: '[{' }, 'gitleaks'],
  ])('believes nothing of it and says so where it %s', async (_name, overrides, reason) => {
    const { report } = await inspect(() => ended([leak()], overrides));
    expect(report.findings).toEqual([]);
    expect(report.notes).toHaveLength(1);
    expect(report.notes[0]).toMatch(/^gitleaks was left out: /u);
    expect(report.notes[0]).toContain(reason);
  });

  it('keeps what git says where gitleaks fails', async () => {
    const git = aGitRepository({ tracked: ['.env'] });
    const { report } = await inspect(() => ended([], { exitCode: 2 }), { git });
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual([
      'git-hygiene/sensitive-file--env',
    ]);
  });

  it('lets the tree configure nothing, and what stands above the target too', async () => {
    const target = { root: '/b"u\\i.ld', path: '/b"u\\i.ld/dist', project: 'p' };
    const { calls } = await inspect(() => ended([]), { target });
    expect(calls).toHaveLength(1);
    const { args, files, readable } = calls[0] ?? { args: [] };
    expect(args).toEqual(
      expect.arrayContaining(['--config=gitleaks.toml', '--gitleaks-ignore-path=ignore']),
    );
    expect(args).toEqual(expect.arrayContaining(['--ignore-gitleaks-allow', '--redact=100']));
    expect(args.at(-1)).toBe(target.path);
    expect(readable).toEqual([target.root]);
    expect(files?.['ignore/.gitleaksignore']).toBe('');
    const config = files?.['gitleaks.toml'] ?? '';
    expect(config).toContain(String.raw`^/b\"u\\\\i\\.ld/dist/(?:.*/)?(?:\\.git|`);
    expect(config).toContain('useDefault = true');
  });

  it('leaves out environment files that git ignores and does not track', async () => {
    const File = ['.env', 'web/.env', 'web/config.js'].map((path) => `/p/${path}`);
    const git = aGitRepository({
      ignored: ['.env', 'web/.env', 'web/config.js'],
      tracked: ['web/.env'],
    });
    const { report } = await inspect(() => ended(File.map((path) => leak({ File: path }))), {
      git,
    });
    const places = report.findings
      .filter(({ ruleId }) => ruleId.startsWith('git-hygiene/gitleaks-'))
      .map(({ filePath }) => filePath);
    expect(places).toEqual(['/p/web/.env', '/p/web/config.js']);
  });

  describe('and a .gitleaksignore that it would obey', () => {
    const contents = (text: string | null): Record<string, string | null> => ({
      '.gitignore': '',
      '.gitleaksignore': text,
      'src/a.js': '',
    });

    it('looks at the files that are named alone, and believes that', async () => {
      const list = ['# /p/x.js:a:1', 'src/a.js:b:1', '/p/src/a.js:github-pat:3', '/p/gone.js:a:1'];
      const { report, calls } = await inspect(
        (call) =>
          call.args.at(-1) === '/p'
            ? ended([leak({ RuleID: 'other' }), leak({ File: '/p/b.js' })])
            : ended([leak(), leak({ RuleID: 'other' })]),
        { files: aFileTree(contents(list.join('\n'))) },
      );
      expect(calls.map(({ args }) => args.at(-1))).toEqual(['/p', '/p/src/a.js']);
      expect(report.findings.map(({ ruleId, filePath }) => [ruleId, filePath])).toEqual([
        ['git-hygiene/gitleaks-github-pat', '/p/b.js'],
        ['git-hygiene/gitleaks-github-pat', '/p/src/a.js'],
        ['git-hygiene/gitleaks-other', '/p/src/a.js'],
      ]);
    });

    it('says where it names too many', async () => {
      const names = Array.from({ length: 21 }, (_, at) => `f${String(at)}.js`);
      const list = names.map((name) => `/p/${name}:a:1`).join('\n');
      const files = aFileTree({
        ...contents(list),
        ...Object.fromEntries(names.map((name) => [name, ''])),
      });
      const { report, calls } = await inspect(() => ended([]), { files });
      expect(calls).toHaveLength(21);
      expect(report.notes).toEqual([
        'budget exceeded: gitleaks: .gitleaksignore of the tree names more than 20 files',
      ]);
    });

    it.each([
      ['that is no text', aFileTree(contents(null))],
      ['that is a link', { ...aFileTree({ '.gitignore': '' }), irregular: ['.gitleaksignore'] }],
    ])('is not asked at all with one %s', async (_name, files) => {
      const { report, calls } = await inspect(() => ended([leak()]), { files });
      expect(calls).toEqual([]);
      expect(report.notes).toEqual([
        'gitleaks was left out: .gitleaksignore of the tree cannot be read, and gitleaks would obey it',
      ]);
    });
  });
});
