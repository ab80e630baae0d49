/**
 * Lets a plain Node process run our TypeScript: `node -r ./server/test/support/run-typescript.cjs <file.ts>`. For tests
 * that need a second process, and for benchmarks; nothing that ships uses it.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');
const { inNode } = require('../../../libs/tooling/jest.projects.cjs');

const libs = join(__dirname, '..', '..', '..', 'libs');
// The same compiler options as in Jest, so that both run the same code.
const [, options] = Object.values(inNode.transform)[0];

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    swcrc: false,
  });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const lib = /^@securescan\/([a-z-]+)$/.exec(request);
  return resolve.call(this, lib === null ? request : join(libs, lib[1], 'src/index.ts'), ...rest);
};
