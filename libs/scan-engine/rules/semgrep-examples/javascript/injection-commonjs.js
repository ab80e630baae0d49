const cp = require('child_process');
const { execSync } = require('node:child_process');

function tag(version) {
  // ruleid: securescan.javascript.shell-command-from-string
  cp.exec(`git tag v${version}`);
  // ruleid: securescan.javascript.shell-command-from-string
  execSync('npm version ' + version);
  // ruleid: securescan.javascript.shell-command-from-string
  cp.spawn(`sign ${version}`, { shell: true });
  // ok: securescan.javascript.shell-command-from-string
  cp.spawn('git', ['tag', `v${version}`]);
  // ok: securescan.javascript.shell-command-from-string
  execSync('npm run build');
}

function copyInto(target, source) {
  for (const key in source) {
    if (typeof source[key] === 'object') {
      // ruleid: securescan.javascript.deep-copy-without-key-check
      copyInto(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
}

function copySafely(target, source) {
  for (const key in source) {
    if (key === '__proto__' || key === 'constructor') continue;
    if (typeof source[key] === 'object') {
      // ok: securescan.javascript.deep-copy-without-key-check
      copySafely(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
}

module.exports = { tag, copyInto, copySafely };
