import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { gemfileLockReader } from './gemfile-lock';

describeLockfileReader('gemfile', gemfileLockReader, {
  paths: ['Gemfile.lock', 'a/Gemfile.lock', 'gems.locked', 'Gemfile.next.lock'],
  otherPaths: ['Gemfile', 'gemfile.lock', 'xgems.locked'],
  samples: {
    corners: fixture('gemfile', 'Gemfile.lock'),
    'two-remotes': {
      text: 'GEM\n  remote: https://a.example/\n  remote: https://b.example/\n  specs:\n    a (1.0)\n   stray line\n\nDEPENDENCIES\n  a\n',
    },
  },
  lockOf: (names) =>
    `GEM\n  remote: https://rubygems.example/\n  specs:\n${names
      .map((name) => `    ${name} (1.0.0)\n`)
      .join('')}\nDEPENDENCIES\n`,
  hostile: ['GEM\n', 'A', '    a (', '    a', '      ', '  a: ', '(', 'GEM\n  specs:\n    a (1)\n'],
});
