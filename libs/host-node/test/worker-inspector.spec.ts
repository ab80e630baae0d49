import {
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUDGETS, type FileBatch } from '@securescan/scan-engine';
import { WorkerInspector } from '../src/inspection/worker-inspector';

jest.setTimeout(30_000);

const never = new AbortController().signal;

describe('WorkerInspector', () => {
  let root: string;
  let inspector: WorkerInspector;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'inspector-')));
    inspector = new WorkerInspector(join(__dirname, 'hanging-scanner.cjs'));
  });

  afterEach(async () => {
    await inspector.close();
    rmSync(root, { recursive: true, force: true });
  });

  function batch(paths: readonly string[], scanners: readonly string[], ms = 300): FileBatch {
    for (const path of paths) writeFileSync(join(root, path), 'text');
    return {
      root,
      files: paths.map((path) => ({ path, scanners })),
      maxFileBytes: BUDGETS.fileBytes,
      maxLineCharacters: BUDGETS.lineCharacters,
      maxFileFindings: BUDGETS.fileFindings,
      maxFileMs: ms,
    };
  }

  const skipsOf = async (order: FileBatch): Promise<unknown> =>
    (await inspector.inspect(order, never)).map(({ path, reports }) => [
      path,
      ...reports.map(({ scanner, skipped }) => `${scanner}: ${skipped ?? 'read'}`),
    ]);

  it('ends a scanner that hangs on a file, records it, and goes on with the rest', async () => {
    const exceeded = 'moody: budget exceeded: more than 0.3 s for one file';
    expect(await skipsOf(batch(['a', 'hang1', 'b', 'hang2'], ['moody', 'calm']))).toEqual([
      ['a', 'moody: read', 'calm: read'],
      ['hang1', 'calm: read', exceeded],
      ['b', 'moody: read', 'calm: read'],
      ['hang2', 'calm: read', exceeded],
    ]);
  });

  it('ends a scanner that eats all memory over a file, and goes on with the rest', async () => {
    expect(await skipsOf(batch(['eat', 'b'], ['moody'], 25_000))).toEqual([
      ['eat', expect.stringMatching(/^moody: budget exceeded: more than \d+ MB of memory/)],
      ['b', 'moody: read'],
    ]);
  });

  it('takes a scanner that throws over a file for one that could not read it', async () => {
    expect(await skipsOf(batch(['throw', 'b'], ['moody', 'calm']))).toEqual([
      ['throw', 'moody: unexpected failure: no idea', 'calm: read'],
      ['b', 'moody: read', 'calm: read'],
    ]);
  });

  it('says why a file was not read', async () => {
    const order = batch(['sparse', 'binary', 'gone', 'link'], ['calm']);
    truncateSync(join(root, 'sparse'), 10 * 1024 ** 3);
    writeFileSync(join(root, 'binary'), 'a\0b');
    rmSync(join(root, 'gone'));
    rmSync(join(root, 'link'));
    symlinkSync('/etc/passwd', join(root, 'link'));
    const inspected = await inspector.inspect(order, never);
    expect(inspected.map(({ unread }) => unread)).toEqual([
      'budget exceeded: larger than 1 MB',
      'binary',
      'cannot be read',
      'cannot be read',
    ]);
  });

  it('cuts a line that is too long, keeps the numbers of the others, and says so', async () => {
    const order = { ...batch(['long'], ['calm']), maxLineCharacters: 3 };
    const [file] = await inspector.inspect(order, never);
    expect(file?.reports[0]?.skipped).toBe(
      'budget exceeded: read only the first 3 characters of a line',
    );
  });

  it('cuts the findings of a scanner in one file, and says so', async () => {
    const order = { ...batch(['many', 'b'], ['moody', 'calm']), maxFileFindings: 2 };
    const inspected = await inspector.inspect(order, never);
    expect(inspected.map(({ path, reports }) => [path, ...reports])).toEqual([
      [
        'many',
        {
          scanner: 'moody',
          findings: ['first', 'second'],
          skipped: 'budget exceeded: reported only the first 2 findings of a file',
          notes: [],
        },
        { scanner: 'calm', findings: [], skipped: null, notes: [] },
      ],
      [
        'b',
        ...['moody', 'calm'].map((scanner) => ({
          scanner,
          findings: [],
          skipped: null,
          notes: [],
        })),
      ],
    ]);
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const running = inspector.inspect(batch(['hang'], ['moody'], 60_000), stop.signal);
    stop.abort(new RangeError('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('fails where its thread cannot be started', async () => {
    const broken = new WorkerInspector(join(root, 'missing.js'));
    await expect(broken.inspect(batch(['a'], ['calm']), never)).rejects.toThrow(
      'A reading thread broke down.',
    );
    await broken.close();
  });
});
