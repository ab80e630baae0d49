import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { composerLockReader } from './composer-lock';

describeLockfileReader('composer', composerLockReader, {
  paths: ['composer.lock', 'a/composer.lock'],
  otherPaths: ['composer.json', 'mycomposer.lock'],
  samples: {
    corners: fixture('composer', 'composer.lock'),
    alone: { text: fixture('composer', 'composer.lock').text },
  },
  lockOf: (names) =>
    `{"packages":[${names.map((name) => `{"name":"v/${name}","version":"1.0.0"}`).join(',\n')}]}`,
  hostile: ['{"packages":', '[', '"', '{"packages":[{"name":"a/b",'],
});
