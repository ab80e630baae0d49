import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExisting, writeAll } from './write-all';

const FILES = [
  { path: 'first.yml', text: 'one' },
  { path: '.deep/er/second.yml', text: 'two' },
  { path: 'third.json', text: 'three' },
];

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'write-all-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function everything(): string[] {
  return readdirSync(root, { recursive: true }).map(String);
}

it('writes all files and leaves nothing beside them', async () => {
  await writeAll(root, FILES, false);
  expect(new Set(everything())).toEqual(
    new Set(['first.yml', '.deep', '.deep/er', '.deep/er/second.yml', 'third.json']),
  );
  expect(readFileSync(join(root, '.deep/er/second.yml'), 'utf8')).toBe('two');
});

it('takes back everything, directories too, when the last file is in the way', async () => {
  writeFileSync(join(root, 'third.json'), 'mine');
  await expect(writeAll(root, FILES, false)).rejects.toMatchObject({
    code: 'OUTPUT_NOT_WRITABLE',
    message: expect.stringMatching(/^Nothing was written: EEXIST/),
  });
  expect(everything()).toEqual(['third.json']);
  expect(readFileSync(join(root, 'third.json'), 'utf8')).toBe('mine');
});

it('puts back what it had replaced when a later file cannot be', async () => {
  writeFileSync(join(root, 'first.yml'), 'mine');
  mkdirSync(join(root, 'third.json'));
  await expect(writeAll(root, FILES, true)).rejects.toThrow(
    'third.json is not a regular file; move it away first.',
  );
  expect(new Set(everything())).toEqual(new Set(['first.yml', 'third.json']));
  expect(readFileSync(join(root, 'first.yml'), 'utf8')).toBe('mine');
});

it('replaces with force, and keeps no copy', async () => {
  writeFileSync(join(root, 'first.yml'), 'mine');
  await writeAll(root, FILES.slice(0, 1), true);
  expect(everything()).toEqual(['first.yml']);
  expect(readFileSync(join(root, 'first.yml'), 'utf8')).toBe('one');
});

it('writes through no link, neither in place of a file nor of a directory', async () => {
  const outside = join(root, 'outside');
  const project = join(root, 'project');
  mkdirSync(outside);
  mkdirSync(project);
  writeFileSync(join(outside, 'target'), 'mine');
  symlinkSync(join(outside, 'target'), join(project, 'first.yml'));
  await expect(writeAll(project, FILES.slice(0, 1), true)).rejects.toThrow('not a regular file');
  expect(readFileSync(join(outside, 'target'), 'utf8')).toBe('mine');

  symlinkSync(outside, join(project, '.deep'));
  await expect(writeAll(project, FILES.slice(1), true)).rejects.toThrow(
    'is not a directory of this project',
  );
  expect(readdirSync(outside)).toEqual(['target']);
  expect(existsSync(join(project, 'third.json'))).toBe(false);
});

it('finds what stands there, a link to nowhere included', async () => {
  symlinkSync('nowhere', join(root, 'first.yml'));
  expect(await findExisting(root, ['first.yml', 'third.json'])).toEqual(['first.yml']);
});
