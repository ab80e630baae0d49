import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCAN_FORMATS } from '@securescan/contracts';
import { SHOP, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

let bench: Workbench;
let stored: string;
beforeAll(async () => {
  bench = new Workbench();
  bench.makeTree('shop', SHOP);
  stored = join(bench.directory, 'scan.json');
  await bench.run(['scan', 'shop', '--output', 'json', '--output-file', stored]);
});
afterAll(() => {
  bench.dispose();
});

it.each(SCAN_FORMATS)('a stored scan is the same %s as the scan itself', async (format) => {
  const scan = await bench.run(['scan', 'shop', '--output', format]);
  const report = await bench.run(['report', stored, '--output', format]);
  expect(report).toEqual({ code: 0, signal: null, stdout: scan.stdout, stderr: '' });
});

it('writes to a file, and says so', async () => {
  const file = join(bench.directory, 'scan.csv');
  const { stdout, stderr } = await bench.run([
    'report',
    stored,
    '-o',
    'csv',
    '--output-file',
    file,
  ]);
  expect([stdout, stderr]).toEqual(['', `securescan: wrote ${file}\n`]);
  expect(readFileSync(file, 'utf8')).toMatch(/^severity,scanner,title,file,line,/);
});

it('takes the names that other programs have for a format', async () => {
  const [ours, theirs] = await Promise.all(
    ['text', 'table'].map((format) => bench.run(['report', stored, '--output', format])),
  );
  expect(theirs).toEqual(ours);
});

it.each([
  [['nothing.json'], 'nothing.json is not there'],
  [['.'], '. is not a regular file'],
  [['shop/Dockerfile'], 'is no JSON report of a scan'],
  [['scan.json', '--output', 'github-review'], '--output takes text, json, sarif'],
  [['scan.json', '--output', 'xml'], 'and not "xml"'],
  [['scan.json', '--sarif-limits', 'gitlab'], '--sarif-limits takes github, none'],
])('refuses %j with 2 and says why', async (words, reason) => {
  const { code, stdout, stderr } = await bench.run(['report', ...words]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(reason);
});

it('tells a report of a comparison from that of a scan', async () => {
  const diff = join(bench.directory, 'diff.json');
  const { stdout } = await bench.run([
    ...['diff', '--base-snapshot', stored, '--head-snapshot', stored, '--output', 'json'],
  ]);
  writeFileSync(diff, stdout);
  const { code, stderr } = await bench.run(['report', diff]);
  expect(code).toBe(2);
  expect(stderr).toContain('it is the report of a comparison');
});
