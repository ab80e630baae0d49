import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from '@securescan/testing';
import type { Lockfile } from '../locked-package';
import { LOCKFILE_READERS } from './readers';

const FIXTURES = join(__dirname, '..', '__fixtures__');
const GOLDENS = join(__dirname, '..', '__goldens__');

function readFixture(directory: string, file: string): Lockfile {
  const reader = LOCKFILE_READERS.find(({ reads }) => reads(file));
  const lockfile = reader?.read(readFileSync(join(FIXTURES, directory, file), 'utf8'), (name) => {
    const path = join(FIXTURES, directory, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  });
  if (lockfile === null || lockfile === undefined) throw new RangeError(`${directory} is not read`);
  return lockfile;
}

describe('lock files of JavaScript', () => {
  it.each([
    ['npm-1', 'package-lock.json'],
    ['npm-3', 'package-lock.json'],
    ['pnpm-5', 'pnpm-lock.yaml'],
    ['pnpm-6', 'pnpm-lock.yaml'],
    ['pnpm-9', 'pnpm-lock.yaml'],
    ['yarn-1', 'yarn.lock'],
    ['yarn-berry', 'yarn.lock'],
    ['bun-1', 'bun.lock'],
  ])('%s is read as its golden shows', (directory, file) => {
    const lockfile = readFixture(directory, file);
    expectGolden(
      join(GOLDENS, `${directory}.lockfile.json`),
      `${JSON.stringify(lockfile, null, 2)}\n`,
    );
  });
});
