/** `npm run bench -- <name>`: builds the benchmarks and runs one of them. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = readdirSync(join(root, 'libs/benchmarks/src'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const name = process.argv[2];
if (!names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <${names.join('|')}>\n`);
  process.exit(2);
}

const built = spawnSync(join(root, 'node_modules/.bin/nest'), ['build', 'benchmarks'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
});
if (built.status !== 0) process.exit(1);
const script = join(root, `dist/libs/benchmarks/src/${name}.bench.js`);
process.exit(
  spawnSync(process.execPath, ['--expose-gc', script, ...process.argv.slice(3)], {
    cwd: root,
    stdio: 'inherit',
  }).status ?? 1,
);
