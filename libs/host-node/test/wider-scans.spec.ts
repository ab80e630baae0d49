import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inspectScanners,
  runScan,
  type FileScanner,
  type Scanner,
  type ScanRequest,
  type ScanResult,
} from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { writeTool } from './hostile-tools';
import { answeringVersion, builtin, external, finding, NOTHING, plainRequest } from './stand-ins';

/** What scanners do beyond one command over one tree. */
describe('runScan', () => {
  let base: string;
  let tree: string;
  let tools: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'wider-scans-')));
    tree = join(base, 'shop');
    tools = join(base, 'tools');
    mkdirSync(tree);
    mkdirSync(tools);
    writeFileSync(join(tree, 'a.js'), 'one\neval(input)\n');
    ports = createHostPorts({ journalDirectory: join(base, 'run'), toolsDirectory: tools });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  async function scan(
    scanners: readonly Scanner[],
    changes: Partial<ScanRequest> = {},
  ): Promise<ScanResult> {
    const target = await resolveTarget(tree, { cwd: '/' });
    const request = { target, ...plainRequest(4), ...changes };
    return runScan(request, ports, () => undefined, { scanners });
  }

  describe('with a call for each manifest', () => {
    /** Reads the file `manifest` of its working directory, and reports its line number there. */
    const reader = `
      const line = Number(require('node:fs').readFileSync('deep/manifest', 'utf8'));
      if (line === 0) { console.error('no such line'); process.exit(3); }
      console.log(JSON.stringify([{ path: process.argv[2], line }]));`;

    const audit = external('audit', {
      plan: ({ target }) => ({
        commands: ['1', '0', '2'].map((line) => ({
          args: [join(target.root, 'a.js')],
          files: { 'deep/manifest': line },
          subject: `part-${line}`,
        })),
        skipped: [{ path: 'yarn.lock', reason: 'not supported' }],
        notes: ['two parts'],
      }),
      parse: (stdout, subject) => ({
        ...NOTHING,
        findings: (JSON.parse(stdout) as { line: number }[]).map(({ line }) => ({
          ...finding('a.js', line),
          ruleId: subject,
        })),
      }),
    });

    it('keeps what the others found when one call fails, and names that one', async () => {
      writeTool(tools, 'audit', answeringVersion(reader));
      const { findings, outcomes } = await scan([audit]);
      expect(findings.map(({ ruleId, lineStart }) => [ruleId, lineStart])).toEqual([
        ['part-1', 1],
        ['part-2', 2],
      ]);
      expect(outcomes).toMatchObject([
        {
          status: 'failed',
          reason: 'part-0: audit ended with exit code 3: no such line',
          exitCode: 3,
          findingsCount: 2,
          filesSkipped: [{ reason: 'not supported', paths: ['yarn.lock'] }],
          notes: ['two parts'],
        },
      ]);
    });

    it('completes with nothing assessed when a closer look finds nothing to call for', async () => {
      writeTool(tools, 'audit', answeringVersion('process.exit(9)'));
      const { outcomes } = await scan([{ ...audit, plan: () => ({ commands: [] }) }]);
      expect(outcomes).toMatchObject([{ status: 'completed', filesAssessed: 0, exitCode: null }]);
    });

    it('puts no file outside of the working directory', async () => {
      writeTool(tools, 'audit', answeringVersion(reader));
      const plan = { commands: [{ args: [], files: { '../../escaped': 'x' } }] };
      const { outcomes } = await scan([{ ...audit, plan: () => plan }]);
      expect(outcomes).toMatchObject([
        { status: 'failed', reason: expect.stringContaining('leads out of the working directory') },
      ]);
    });
  });

  it('scans a place without a tree in an empty directory, and walks nothing for it', async () => {
    const seen: unknown[] = [];
    const prober = builtin(
      'prober',
      ({ options, files, target }) => {
        seen.push(options.targetUrl, files.files, readFileSync(join(tree, 'a.js'), 'utf8').length);
        expect(target.root).not.toContain(tree);
        return Promise.resolve({ ...NOTHING, findings: [finding(null, null)] });
      },
      { scanType: 'dast' },
    );
    const result = await scan([prober], {
      target: null,
      scanTypes: ['dast'],
      options: { semgrepRules: [], targetUrl: 'http://127.0.0.1:1/' },
    });
    expect(seen).toEqual(['http://127.0.0.1:1/', [], 16]);
    expect(result.findings).toMatchObject([{ filePath: null, ruleId: 'no-eval' }]);
    expect(result.outcomes).toMatchObject([{ status: 'completed' }]);
  });

  it('takes a scanner that cannot run here for skipped, and a scan of nothing else for failed', async () => {
    const unavailable = builtin('remote', () =>
      Promise.resolve({ unavailable: 'the daemon does not answer', installHint: 'start it' }),
    );
    const result = await scan([unavailable]);
    expect(result.isConclusive).toBe(false);
    expect(result.outcomes).toMatchObject([
      { status: 'skipped', reason: 'the daemon does not answer', installHint: 'start it' },
    ]);
  });

  it('tells the version of the program that a scanner spoke to', async () => {
    const service = { installHint: 'start it', version: () => Promise.resolve('2.16') };
    const remote = builtin('remote', () => Promise.resolve({ ...NOTHING, version: '2.16' }), {
      service,
    });
    const { outcomes } = await scan([remote, builtin('own', () => Promise.resolve(NOTHING))]);
    expect(outcomes.map(({ version }) => version)).toEqual(['2.16', ports.productVersion]);
  });

  it('skips a scanner of our own whose work is the network when that is off', async () => {
    const remote = builtin('remote', () => Promise.resolve(NOTHING), { needsNetwork: true });
    const { outcomes } = await scan([remote], { options: { semgrepRules: [], offline: true } });
    expect(outcomes).toMatchObject([
      { status: 'skipped', reason: 'remote needs the network, which is switched off' },
    ]);
  });

  it('lets a scanner of our own run a program with a home of its own, and says when there is none', async () => {
    writeTool(
      tools,
      'asker',
      `console.log(process.env.HOME === process.cwd(), require('node:fs').readFileSync('x', 'utf8'))`,
    );
    const answers: unknown[] = [];
    const own = builtin('own', async ({ machine }) => {
      const files = { x: 'text' };
      const call = { executable: 'asker', args: [], timeLimitMs: 10_000, files };
      answers.push((await machine.run(call))?.stdout);
      answers.push(await machine.run({ ...call, executable: 'no-such-program' }));
      return NOTHING;
    });
    const { outcomes } = await scan([own]);
    expect(outcomes).toMatchObject([{ status: 'completed', reason: null }]);
    expect(answers).toEqual(['true text\n', null]);
  });

  describe('with a look beyond the files', () => {
    const reading = (inspectBeyond: NonNullable<FileScanner['inspectBeyond']>): FileScanner => ({
      ...builtin('reading', () => Promise.resolve(NOTHING)),
      kind: 'file',
      select: () => Promise.resolve({ files: [], notes: [] }),
      inspectFile: () => ({ findings: [], skipped: null, notes: [] }),
      inspectBeyond,
    });

    it('adds what it found', async () => {
      const { findings } = await scan([
        reading(() => Promise.resolve({ ...NOTHING, findings: [finding('a.js', 2)] })),
      ]);
      expect(findings).toMatchObject([{ filePath: 'a.js', lineStart: 2 }]);
    });

    it('fails with it', async () => {
      const { outcomes } = await scan([reading(() => Promise.reject(new TypeError('no history')))]);
      expect(outcomes).toMatchObject([
        { status: 'failed', reason: 'unexpected failure: no history' },
      ]);
    });
  });
});

describe('inspectScanners', () => {
  it('asks a service whether it answers', async () => {
    const ports = createHostPorts({ journalDirectory: realpathSync(tmpdir()) });
    const remote = (version: () => Promise<string | null>): Scanner =>
      builtin('remote', () => Promise.resolve(NOTHING), {
        needsNetwork: true,
        service: { installHint: 'start it', version },
      });
    const [up] = await inspectScanners(ports, [remote(() => Promise.resolve('2.16'))]);
    expect(up).toMatchObject({ available: true, version: '2.16', needs_network: true });
    const [down] = await inspectScanners(ports, [
      remote(() => Promise.reject(new TypeError('nobody there'))),
    ]);
    expect(down).toMatchObject({ available: false, install_hint: 'start it' });
    expect(down?.message).toContain('nobody there');
  });
});
