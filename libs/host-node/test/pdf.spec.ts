import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { OperationalError } from '@securescan/core';
import { ScanCancelledError } from '@securescan/scan-engine';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { findBrowser } from '../src/pdf/find-browser';
import { printPdf, type PdfPorts } from '../src/pdf/print-pdf';
import { NodeProcessRunner } from '../src/process-runner';
import { RunJournal } from '../src/run-journal';
import { NodeWorkspaceFactory } from '../src/workspaces';

const LIMIT_MS = 60_000;
const PAGE = ['<!doctype html><title>A page</title>', '<h1>Seen and printed</h1>'];

/** A path below it is longer than the name of a socket may be. */
const LONG_NAME = 'a-temporary-directory-with-a-name-that-is-long';

let home: string;
let temporary: string | undefined;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'pdf-test-')));
  // So that what is left behind can be seen.
  temporary = process.env['TMPDIR'];
  process.env['TMPDIR'] = join(home, LONG_NAME);
  mkdirSync(process.env['TMPDIR']);
});
afterEach(() => {
  if (temporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = temporary;
  rmSync(home, { recursive: true, force: true });
});

function portsFor(changes: Partial<PdfPorts> = {}): PdfPorts {
  const journal = new RunJournal(join(home, 'run'));
  return {
    processes: new NodeProcessRunner(journal, 500),
    workspaces: new NodeWorkspaceFactory(journal),
    environment: { PATH: process.env['PATH'] ?? '' },
    isRoot: process.getuid?.() === 0,
    ...changes,
  };
}

/** A program in the place of a browser. */
function standIn(name: string, source: string): string {
  const directory = join(home, 'bin');
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  writeFileSync(path, `#!${process.execPath}\n${source}\n`);
  chmodSync(path, 0o755);
  return path;
}

function print(browser: string, ports = portsFor(), signal = new AbortController().signal) {
  return printPdf({ browser, page: PAGE, signal }, ports);
}

function expectNothingLeft(): void {
  expect(readdirSync(join(home, LONG_NAME))).toEqual([]);
}

describe('findBrowser', () => {
  it('takes the one that the operator names, and no other', () => {
    standIn('chromium', '');
    const named = standIn('my-browser', '');
    const path = join(home, 'bin');
    expect(findBrowser({ named, path })).toEqual({ executable: named, problem: null });
    for (const wrong of [join(home, 'gone'), join(home, 'bin'), 'bin/my-browser'])
      expect(findBrowser({ named: wrong, path })).toMatchObject({
        executable: null,
        problem: expect.stringContaining('SECURESCAN_CHROMIUM') as string,
      });
  });

  it.each(['chromium', 'chromium-browser', 'google-chrome', 'chrome', 'microsoft-edge'])(
    'finds %s on PATH',
    (name) => {
      const executable = standIn(name, '');
      expect(findBrowser({ named: '', path: join(home, 'bin') }).executable).toBe(executable);
    },
  );

  it('says what to install where there is none, and takes none of the scanned tree', () => {
    standIn('chromium', '');
    const path = [join(home, 'bin'), join(home, LONG_NAME)].join(delimiter);
    const { executable, problem } = findBrowser({ named: '', path, scannedRoot: home });
    expect(executable).toBeNull();
    expect(problem).toMatch(/apt install chromium.*SECURESCAN_CHROMIUM.*--output html/u);
  });
});

describe('a browser that does not print', () => {
  it.each([
    [
      'ends badly',
      'console.error("dbus\\n:FATAL: out of luck\\ngone"); process.exit(3)',
      'out of luck',
    ],
    ['says nothing', 'process.exit(7)', 'exit code 7'],
    ['sees no file of ours', 'process.exit(0)', 'snap'],
    ['has no sandbox', 'console.error("No usable sandbox!"); process.exit(1)', 'user namespaces'],
    [
      'writes something else',
      `require('node:fs').writeFileSync(process.argv.find((word) => word.startsWith('--print-to-pdf=')).slice(15), 'no PDF')`,
      'printed no PDF',
    ],
  ])('is told where it %s', async (_name, source, words) => {
    const printing = print(standIn('chromium', source));
    await expect(printing).rejects.toThrow(OperationalError);
    await expect(printing).rejects.toThrow(words);
    expectNothingLeft();
  });

  it('ends with all that it started when nobody waits for it any more', async () => {
    const started = join(home, 'started');
    const browser = standIn(
      'chromium',
      `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      process.on('SIGTERM', () => {});
      require('node:fs').writeFileSync(${JSON.stringify(started)}, String(process.pid));
      setInterval(() => {}, 1000);`,
    );
    const controller = new AbortController();
    const printing = print(browser, portsFor(), controller.signal);
    const look = setInterval(() => {
      if (existsSync(started)) controller.abort();
    }, 20);
    await expect(printing).rejects.toThrow(ScanCancelledError);
    clearInterval(look);
    const pid = Number(readFileSync(started, 'utf8'));
    expect(() => process.kill(-pid, 0)).toThrow('ESRCH');
    expectNothingLeft();
  });

  it('gets a home of its own, the page, and no word of our environment', async () => {
    const seen = join(home, 'seen');
    const browser = standIn(
      'chromium',
      `const { readFileSync, writeFileSync } = require('node:fs');
      const page = readFileSync(new URL(process.argv.at(-1)), 'utf8');
      writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ page, env: process.env, cwd: process.cwd(), args: process.argv }));
      writeFileSync(process.argv.find((word) => word.startsWith('--print-to-pdf=')).slice(15), '%PDF-1.4');`,
    );
    const bytes = await print(browser, portsFor({ isRoot: false }));
    expect(Buffer.from(bytes).toString()).toBe('%PDF-1.4');
    const { page, env, cwd, args } = JSON.parse(readFileSync(seen, 'utf8')) as {
      page: string;
      env: Record<string, string>;
      cwd: string;
      args: string[];
    };
    expect(page).toBe(PAGE.join(''));
    expect(new Set(Object.keys(env))).toEqual(
      new Set(['HOME', 'PATH', 'SECURESCAN_RUN_MARK', 'TMPDIR']),
    );
    expect([env['HOME'], env['TMPDIR']]).toEqual([cwd, '.']);
    expect(args).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
    expect(args).not.toContain('--no-sandbox');
    expectNothingLeft();
  });
});

describeWithTool(['chromium'], 'a page that Chromium prints', () => {
  let server: Server;
  let visits: string[];
  let address: string;
  beforeAll(async () => {
    visits = [];
    server = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const place = server.address();
    address = `http://127.0.0.1:${String(typeof place === 'object' ? place?.port : 0)}`;
  });
  afterAll(() => {
    server.close();
  });

  it(
    'is a PDF with the title of the page, and nothing is left of the work',
    async () => {
      const bytes = await print(findOnPath('chromium') ?? '');
      const text = Buffer.from(bytes).toString('latin1');
      expect(text.slice(0, 5)).toBe('%PDF-');
      expect(text.trimEnd().slice(-5)).toBe('%%EOF');
      expect(text).toContain('/Title (A page)');
      expectNothingLeft();
    },
    LIMIT_MS,
  );

  it(
    'asks nobody for anything, whatever it holds',
    async () => {
      const page = [
        `<!doctype html><title>x</title><img src="${address}/image"><link rel="stylesheet" href="${address}/sheet">`,
        `<script src="${address}/script"></script><iframe src="${address}/frame"></iframe>`,
      ];
      const browser = findOnPath('chromium') ?? '';
      const { signal } = new AbortController();
      const bytes = await printPdf({ browser, page, signal }, portsFor());
      expect(Buffer.from(bytes).toString('latin1', 0, 5)).toBe('%PDF-');
      expect(visits).toEqual([]);
    },
    LIMIT_MS,
  );
});
