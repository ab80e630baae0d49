import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { movedPlaces, type Finding } from '@securescan/core';
import { createHostPorts, type NodeHostPorts } from '@securescan/host-node';
import { runScan, SlotScheduler } from '@securescan/scan-engine';

// Replays the last commits of a real repository: `npm run bench -- replay <repository> [commits] [scanner,…]`. A finding of a
// file that a commit changed, on lines that it did not touch, must be the same finding afterwards. Goal: at least 99 %.

const [repository, count = '200', scanners = 'bandit,secrets,dockerfile'] = process.argv.slice(2);
if (repository === undefined) {
  process.stderr.write('usage: npm run bench -- replay <repository> [commits] [scanner,…]\n');
  process.exit(2);
}

function git(...args: readonly string[]): Buffer {
  return execFileSync('git', ['-C', repository ?? '.', ...args], { maxBuffer: 512 * 1024 ** 2 });
}

const ports = createHostPorts();
const directory = mkdtempSync(join(tmpdir(), 'replay-'));

/** Findings of the files of one commit, by path. */
async function scanFiles(commit: string, paths: readonly string[]): Promise<readonly Finding[]> {
  const root = join(directory, 'tree');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), git('show', `${commit}:${path}`));
  }
  const { findings } = await runScan(
    {
      target: { root, path: root, project: 'replay' },
      scanTypes: ['code', 'iac'],
      scanners: scanners.split(','),
      options: { semgrepRules: [] },
      lane: new SlotScheduler(2).lane(),
      signal: new AbortController().signal,
    },
    ports,
    () => undefined,
  );
  return findings;
}

interface Tally {
  expected: number;
  kept: number;
  readonly lost: string[];
}

async function replay(host: NodeHostPorts, commit: string, tally: Tally): Promise<void> {
  const revisions = await host.openRevisions(repository ?? '.', new AbortController().signal);
  const parent = git('rev-parse', `${commit}~1`).toString().trim();
  const changed = git('diff', '--name-only', '--diff-filter=M', '-z', parent, commit)
    .toString()
    .split('\0')
    .filter((path) => path !== '');
  if (changed.length === 0) return;
  const hunks = await revisions.changedLines(parent, commit);
  const { placeAtHead } = movedPlaces(new Map(), hunks);
  const before = await scanFiles(parent, changed);
  const after = await scanFiles(commit, changed);
  const isTouched = ({ filePath, lineStart, lineEnd }: Finding): boolean =>
    (hunks.get(filePath ?? '') ?? []).some(({ baseStart, baseCount }) => {
      // An insertion between the lines of a finding touches it, too.
      const first = baseCount === 0 ? baseStart + 0.5 : baseStart;
      const last = baseCount === 0 ? first : baseStart + baseCount - 1;
      return first <= (lineEnd ?? 0) && last >= (lineStart ?? 0);
    });
  for (const finding of before) {
    const { filePath, lineStart, ruleId } = finding;
    if (filePath === null || lineStart === null || isTouched(finding)) continue;
    const { line } = placeAtHead({ path: filePath, line: lineStart });
    const there = after.filter(
      (one) => one.filePath === filePath && one.lineStart === line && one.ruleId === ruleId,
    );
    // A scanner may see it no longer, because what it means stands elsewhere in the file: that is another question.
    if (there.length === 0) continue;
    tally.expected += 1;
    if (there.some(({ fingerprint }) => fingerprint === finding.fingerprint)) tally.kept += 1;
    else tally.lost.push(`${commit.slice(0, 12)} ${ruleId} ${filePath}:${String(lineStart)}`);
  }
}

async function main(): Promise<void> {
  const commits = git('rev-list', '--first-parent', '--no-merges', `--max-count=${count}`, 'HEAD')
    .toString()
    .trim()
    .split('\n')
    .reverse();
  const tally: Tally = { expected: 0, kept: 0, lost: [] };
  try {
    for (const commit of commits) await replay(ports, commit, tally);
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await ports.killAll();
  }
  process.stdout.write(
    `${JSON.stringify({
      benchmark: 'replay',
      commits: commits.length,
      findings: tally.expected,
      kept: tally.kept,
      share: Number((tally.kept / Math.max(1, tally.expected)).toFixed(5)),
      lost: tally.lost.slice(0, 20),
    })}\n`,
  );
}

void main();
