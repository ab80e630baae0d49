import { describeLockfileReader, fixture } from '../lockfile-reader.contract';
import { uvLockReader } from './uv-lock';

describeLockfileReader('uv', uvLockReader, {
  paths: ['uv.lock', 'a/uv.lock'],
  otherPaths: ['uv.lock.json', 'xuv.lock', 'uv.toml'],
  samples: { workspace: fixture('uv', 'uv.lock') },
  lockOf: (names) =>
    `version = 1\n${names
      .map(
        (name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = { registry = "x" }\n`,
      )
      .join('')}`,
  hostile: ['[[package]]\n', 'version = ', '{', 'a = {', '[package.x]\n'],
});
