import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { cargoLockReader } from './cargo-lock';

const A = 'a'.repeat(64);
const REGISTRY = 'registry+https://git.example/rust-lang/crates.io-index';

const VERSION_1 = `[[package]]
name = "member-a"
version = "0.1.0"
dependencies = [
 "member-b 0.1.0",
 "libc 0.2.1 (${REGISTRY})",
]

[[package]]
name = "member-b"
version = "0.1.0"
dependencies = ["log 0.3.0 (${REGISTRY})"]

[[package]]
name = "libc"
version = "0.2.1"
source = "${REGISTRY}"

[[package]]
name = "log"
version = "0.3.0"
source = "${REGISTRY}"
dependencies = ["libc 0.2.1 (${REGISTRY})"]

[metadata]
"checksum libc 0.2.1 (${REGISTRY})" = "${A}"
"checksum log 0.3.0 (${REGISTRY})" = "<none>"
`;

describeLockfileReader('cargo', cargoLockReader, {
  paths: ['Cargo.lock', 'fuzz/Cargo.lock'],
  otherPaths: ['cargo.lock', 'Cargo.toml', 'XCargo.lock'],
  samples: {
    'version-4': fixture('cargo', 'Cargo.lock'),
    'version-4-alone': { text: fixture('cargo', 'Cargo.lock').text },
    'version-1': { text: VERSION_1 },
    'version-0': {
      text: `[root]\nname = "old"\nversion = "0.0.1"\ndependencies = ["libc 0.1.0 (${REGISTRY})"]\n\n[[package]]\nname = "libc"\nversion = "0.1.0"\nsource = "${REGISTRY}"\n`,
    },
  },
  lockOf: (names) =>
    `version = 4\n${names
      .map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "${REGISTRY}"\n`)
      .join('')}`,
  hostile: ['[[package]]\n', 'dependencies = [', '" (', '[metadata]\n'],
});
