import { parseSyml } from '@yarnpkg/parsers';
import { memberOf, objectOf, parsedObject, textOf, type Untyped } from '../../json/untyped';
import type { Lockfile, LockfileReader } from '../locked-package';
import { jsonObject } from './lock-object';
import { plainText } from './lock-text';
import { readBerryLock } from './yarn-berry';
import { readClassicLock } from './yarn-classic';

const FILE_NAME = /(?:^|\/)yarn\.lock$/u;
const FIRST_VERSION = /^#\s{0,10}yarn lockfile v1\s*$/mu;

/** `yarn.lock` of every version: the format of yarn 1, and the one that yarn has had since version 2. */
export const yarnLockReader: LockfileReader = {
  tool: 'yarn',
  reads: (path) => FILE_NAME.test(path),
  siblings: ['package.json'],
  read: (text, sibling): Lockfile | null => {
    const plain = plainText(text) ?? '';
    const lock = parsedObject(() => parseSyml(plain));
    if (lock === null) return null;
    const manifest = jsonObject(sibling('package.json'));
    if (FIRST_VERSION.test(plain)) return readClassicLock(lock, manifest);
    return isBerry(lock) ? readBerryLock(lock, manifest ?? {}) : null;
  },
};

function isBerry(lock: Untyped): boolean {
  return textOf(memberOf(objectOf(memberOf(lock, '__metadata')), 'version')) !== null;
}
