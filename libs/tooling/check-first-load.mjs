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

/** The scripts that the page names, and all that those need before they run. What `import()` gets comes later. */
function filesOfFirstLoad() {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const waiting = [...page.matchAll(/(?:src|href)="([\w.-]+\.js)"/g)].map(([, name]) => name);
  const texts = new Map();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (texts.has(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    texts.set(name, text);
    const needed = text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g);
    waiting.push(...[...needed].map(([, file]) => file));
  }
  return [...texts.values()];
}

const sizes = filesOfFirstLoad().map((text) => gzipSync(text, { level: 6 }).length);
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
