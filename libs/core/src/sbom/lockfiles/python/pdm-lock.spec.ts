import { describeLockfileReader, fixture } from '../lockfile-reader.contract';
import { pdmLockReader } from './pdm-lock';

const A = 'a'.repeat(64);

const VERSION_2 = `[[package]]
name = "pluggy"
sections = ["dev"]
version = "0.13.1"

[package.dependencies]
Importlib_Metadata = {marker = "python_version < '3.8'", version = ">=0.12"}
zipp = "*"
gone = "*"
absent = {marker = "sys_platform == 'win32'"}

[[package]]
name = "importlib-metadata"
sections = ["default", "dev"]
version = "3.3.0"

[[package]]
name = "zipp"
sections = ["dev"]
version = "3.4.0"

[metadata]
lock_version = "2"
`;

const VERSION_3 = `[[package]]
name = "requests"
version = "2.26.0"
sections = ["default"]
dependencies = ["idna<4,>=2.5"]

[[package]]
name = "idna"
version = "3.3"

[metadata]
lock_version = "3.1"

[metadata.files]
"requests 2.26.0" = [
    {file = "requests-2.26.0.tar.gz", hash = "sha256:${A}"},
]
`;

describeLockfileReader('pdm', pdmLockReader, {
  paths: ['pdm.lock', 'a/pdm.py38.lock'],
  otherPaths: ['pdm.toml', 'xpdm.lock'],
  samples: {
    'version-4': fixture('pdm', 'pdm.lock'),
    'version-4-alone': { text: fixture('pdm', 'pdm.lock').text },
    'version-3': { text: VERSION_3 },
    'version-2': { text: VERSION_2 },
  },
  lockOf: (names) =>
    `[metadata]\n${names.map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join('')}`,
  hostile: ['[[package]]\n', 'dependencies = ["a[', '[metadata]\n'],
});
