import { describeLockfileReader, fixture } from '../lockfile-reader.contract';
import { poetryLockReader } from './poetry-lock';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

const VERSION_1 = `[[package]]
name = "requests"
version = "2.27.1"
description = ""
category = "main"
optional = false
python-versions = "*"

[package.dependencies]
PySocks = {version = ">=1.5.6", optional = true, markers = "extra == \\"socks\\""}
idna = ">=2.5"

[package.extras]
socks = ["PySocks (>=1.5.6)"]

[[package]]
name = "idna"
version = "3.3"
category = "main"
optional = false
python-versions = "*"

[[package]]
name = "pysocks"
version = "1.7.1"
category = "main"
optional = true
python-versions = "*"

[[package]]
name = "black"
version = "22.1.0"
category = "dev"
optional = false
python-versions = "*"

[metadata]
lock-version = "1.1"
python-versions = "*"
content-hash = "${B}"

[metadata.files]
requests = [
    {file = "requests-2.27.1.tar.gz", hash = "sha256:${A}"},
]
`;

const VERSION_2_0 = `[[package]]
name = "a"
version = "1"
optional = false
[package.dependencies]
b = "*"
[[package]]
name = "b"
version = "1"
optional = false
[[package]]
name = "c"
version = "1"
optional = false
[package.dependencies]
b = "*"
d = "*"
[[package]]
name = "d"
version = "1"
optional = false
[metadata]
lock-version = "2.0"
`;

describeLockfileReader('poetry', poetryLockReader, {
  paths: ['poetry.lock', 'services/api/poetry.lock'],
  otherPaths: ['mypoetry.lock', 'poetry.lock.bak', 'pyproject.toml'],
  samples: {
    'version-2.1': fixture('poetry', 'poetry.lock'),
    'version-2.1-alone': { text: fixture('poetry', 'poetry.lock').text },
    'version-1': { text: VERSION_1 },
    'version-2.0': {
      text: VERSION_2_0,
      siblings: {
        'pyproject.toml':
          '[tool.poetry]\nname = "old"\n[tool.poetry.dependencies]\na = "1"\n[tool.poetry.dev-dependencies]\nc = "1"\n',
      },
    },
  },
  lockOf: (names) =>
    `${names.map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join('')}[metadata]\n`,
  hostile: ['[', '[[package]]\n', 'a=', '"', 'a.', '{', '#', '[metadata]\n'],
});
