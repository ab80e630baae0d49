import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { goModReader } from './go-mod';

describeLockfileReader('go', goModReader, {
  paths: ['go.mod', 'cmd/x/go.mod'],
  otherPaths: ['go.sum', 'go.mod.bak', 'cargo.mod'],
  samples: {
    corners: fixture('go', 'go.mod'),
    'before-1.17': {
      text: 'module "example.com/old"\ngo 1.16\nrequire example.com/a v1.0.0\n',
    },
    empty: { text: 'module example.com/none\n\ngo 1.21\n' },
  },
  lockOf: (names) =>
    `module m.example/m\ngo 1.22\nrequire (\n${names.map((name) => `\tm.example/${name} v1.0.0\n`).join('')})\n`,
  hostile: ['module a\n', 'require (', '"', '`', '//', 'a ', '=>', 'replace a => ', ')'],
});
