import { describeLockfileReader, fixture } from '../lockfile-reader.contract';
import { pylockReader } from './pylock';

describeLockfileReader('pylock', pylockReader, {
  paths: ['pylock.toml', 'a/pylock.dev.toml'],
  otherPaths: ['pylock.a.b.toml', 'pylock.lock', 'mypylock.toml'],
  samples: {
    'all-kinds': fixture('pylock', 'pylock.toml'),
    'no-needs': {
      text: 'lock-version = "1.0"\ncreated-by = "a"\n\n[[packages]]\nname = "a"\nversion = "1"\n',
    },
  },
  lockOf: (names) =>
    `lock-version = "1.0"\n${names
      .map((name) => `[[packages]]\nname = "${name}"\nversion = "1.0.0"\n`)
      .join('')}`,
  hostile: ['[[packages]]\n', 'lock-version = ', "marker = \"'a' in "],
});
