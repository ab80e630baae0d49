/**
 * Fails a build of the dashboard whose first load is too large: the compressed JavaScript that a browser gets before it can
 * show anything. The budgets of angular.json count what is not compressed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const LIMIT_BYTES = 250_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.argv[2] ?? join(root, 'dist', 'dashboard', 'browser');

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const scripts = [...page.matchAll(/(?:src|href)="([\w.-]+\.js)"/g)].map(([, name]) => name);
const sizes = [...new Set(scripts)].map(
  (name) => gzipSync(readFileSync(join(folder, name)), { level: 6 }).length,
);
const total = sizes.reduce((sum, size) => sum + size, 0);
const kilobytes = (total / 1_000).toFixed(1);
if (sizes.length === 0 || total > LIMIT_BYTES) {
  process.stderr.write(
    `securescan: the dashboard's first load is ${kilobytes} kB of compressed JavaScript in ${sizes.length} files; at most ${LIMIT_BYTES / 1_000} kB are allowed.\n`,
  );
  process.exit(1);
}
process.stderr.write(
  `securescan: the dashboard's first load is ${kilobytes} kB of compressed JavaScript.\n`,
);
