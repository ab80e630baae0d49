import { PassThrough } from 'node:stream';
import type { ScannerOutcome } from '@securescan/core';
import { anOutcome } from '@securescan/testing';
import { createProgressView, outcomeWords, progressRows } from './progress';
import type { Terminal } from './terminal';

function aTerminal(traits: { isTTY: boolean; columns?: number }): {
  terminal: Terminal;
  written: () => string;
} {
  let text = '';
  const stderr = new PassThrough()
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text += chunk));
  const stream = Object.assign(stderr, traits) as unknown as NodeJS.WriteStream;
  return {
    terminal: { stdout: stream, stderr: stream, isColourUnwanted: false },
    written: () => text,
  };
}

const skipped: ScannerOutcome = anOutcome({
  scanner: 'bandit',
  status: 'skipped',
  reason: 'bandit is not installed',
  installHint: 'pipx install bandit',
});
const completed = anOutcome({
  scanner: 'secrets',
  status: 'completed',
  findingsCount: 1,
  durationMs: 1234,
  reason: null,
});

describe('outcomeWords', () => {
  it.each([
    [completed, '1 finding, 1.2 s'],
    [anOutcome({ status: 'completed', findingsCount: 2, durationMs: 0 }), '2 findings, 0.0 s'],
    [skipped, 'skipped, bandit is not installed; install it with: pipx install bandit'],
    [anOutcome({ status: 'failed', reason: 'it broke' }), 'failed, it broke'],
    [anOutcome({ status: 'timed_out', reason: 'it took too long' }), 'timed out, it took too long'],
  ])('%#', (outcome, words) => {
    expect(outcomeWords(outcome)).toBe(words);
  });
});

describe('progressRows', () => {
  const states = new Map([
    ['semgrep', { kind: 'running', since: 1000 } as const],
    ['bandit', { kind: 'ended', outcome: skipped } as const],
    ['secrets', { kind: 'ended', outcome: completed } as const],
    ['git-hygiene', { kind: 'waiting' } as const],
  ]);

  it('has one row per scanner', () => {
    expect(progressRows(states, 4900, 60)).toEqual([
      '› semgrep      running, 3 s',
      '- bandit       skipped, bandit is not installed; install it…',
      '✓ secrets      1 finding, 1.2 s',
      '· git-hygiene  waiting',
    ]);
  });

  it('fits every row into one line of the terminal', () => {
    expect(progressRows(states, 0, 20).every((row) => row.length <= 20)).toBe(true);
  });
});

describe('createProgressView', () => {
  const started = { kind: 'scan-started', scanners: ['bandit', 'secrets'] } as const;

  it('rewrites its rows in place on a terminal', () => {
    const { terminal, written } = aTerminal({ isTTY: true, columns: 80 });
    const view = createProgressView(terminal, false);
    view.show(started);
    view.show({ kind: 'scanner-ended', outcome: completed });
    view.close();
    view.close();
    view.show({ kind: 'scanner-started', scanner: 'bandit' });
    const frames = written().split('\u001b[2A');
    expect(frames).toHaveLength(3);
    expect(frames[0]).toContain('secrets  waiting');
    expect(frames[1]).toContain('secrets  1 finding');
    expect(frames[2]).toBe(frames[1]);
  });

  it('writes one line for each scanner that ended where there is no terminal', () => {
    const { terminal, written } = aTerminal({ isTTY: false });
    const view = createProgressView(terminal, false);
    view.show(started);
    view.show({ kind: 'scanner-started', scanner: 'secrets' });
    view.show({ kind: 'scanner-ended', outcome: completed });
    view.close();
    expect(written()).toBe('secrets: 1 finding, 1.2 s\n');
  });

  it('lets no tool move the cursor', () => {
    const { terminal, written } = aTerminal({ isTTY: false });
    const reason = 'boom\u001b[2J\nsecond line';
    createProgressView(terminal, false).show({
      kind: 'scanner-ended',
      outcome: anOutcome({ scanner: 'semgrep', status: 'failed', reason }),
    });
    expect(written()).toBe('semgrep: failed, boom\\u001b[2J second line\n');
  });

  it('is silent when nobody wants it', () => {
    const { terminal, written } = aTerminal({ isTTY: true });
    const view = createProgressView(terminal, true);
    view.show(started);
    view.close();
    expect(written()).toBe('');
  });
});
