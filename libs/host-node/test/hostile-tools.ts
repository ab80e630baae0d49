import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes an executable node script and returns its path. */
export function writeTool(directory: string, name: string, source: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!${process.execPath}\n${source}\n`);
  chmodSync(path, 0o755);
  return path;
}

const IGNORE_SIGNALS = `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {});`;

/**
 * Forks a child in its own group and one in a new session, and notes all three pids, one a line. All ignore SIGTERM; the
 * leader floods standard output without end, or ends at once.
 */
export function forkingTool(pidFile: string, leader: 'floods' | 'ends' | 'waits'): string {
  const sleeper = `${IGNORE_SIGNALS} require('node:fs').appendFileSync(${JSON.stringify(pidFile)}, process.pid + '\\n'); setInterval(() => {}, 1000);`;
  const afterwards = {
    floods: `const block = 'x'.repeat(1 << 16); const flood = () => { while (process.stdout.write(block)); process.stdout.once('drain', flood); }; process.stdout.on('error', () => {}); flood(); setInterval(() => {}, 1000);`,
    ends: `const timer = setInterval(() => { if (fs.readFileSync(pidFile, 'utf8').split('\\n').length > 3) { process.stdout.write('done'); clearInterval(timer); } }, 10);`,
    waits: `setInterval(() => {}, 1000);`,
  }[leader];
  return `
const fs = require('node:fs');
const { spawn } = require('node:child_process');
const pidFile = ${JSON.stringify(pidFile)};
${IGNORE_SIGNALS}
fs.appendFileSync(pidFile, process.pid + '\\n');
for (const detached of [false, true]) {
  spawn(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { detached, stdio: ['ignore', 'inherit', 'inherit'] }).unref();
}
${afterwards}`;
}

/** The pids that a forking tool has noted so far. */
export function notedPids(pidFile: string): number[] {
  if (!existsSync(pidFile)) return [];
  return readFileSync(pidFile, 'utf8').split('\n').filter(Boolean).map(Number);
}
