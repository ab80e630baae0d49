import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What each house rule forbids, in a file of the kind that it guards. The files exist; the text is ours. */
const CASES: readonly { file: string; text: string; rule: string }[] = [
  { file: 'libs/core/src/errors.ts', text: "import 'node:fs';", rule: 'boundaries/dependencies' },
  {
    file: 'libs/core/src/errors.ts',
    text: "import '@nestjs/common';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'libs/scan-engine/src/ports.ts',
    text: "import '@securescan/host-node';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'libs/contracts/src/scan.ts',
    text: "import '@securescan/core';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'cli/src/main.ts',
    text: "import '../../server/src/main';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'server/src/main.ts',
    text: "import '@securescan/api-client';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'dashboard/src/main.ts',
    text: "import '@securescan/core';",
    rule: 'boundaries/dependencies',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: 'export const now = Date.now();',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: 'export const now = new Date();',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: 'export const dice = Math.random();',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: "export const o = 'a'.localeCompare('b');",
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: "export const s = ['b', 'a'].sort();",
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/core/src/errors.ts',
    text: 'export const e = process.env;',
    rule: 'no-restricted-globals',
  },
  { file: 'server/src/create-app.ts', text: "throw new Error('x');", rule: 'no-restricted-syntax' },
  {
    file: 'server/src/create-app.ts',
    text: 'export const h = process.env.HOME;',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'libs/host-node/src/target.ts',
    text: "import 'node:child_process';",
    rule: 'no-restricted-imports',
  },
  {
    file: 'libs/host-node/src/target.ts',
    text: 'export const o = { shell: true };',
    rule: 'no-restricted-syntax',
  },
  {
    file: 'server/src/modules/scans/scans.service.ts',
    text: "export { EventEmitter2 } from '@nestjs/event-emitter';",
    rule: 'no-restricted-imports',
  },
  {
    file: 'server/src/modules/scans/scans.service.ts',
    text: "export { NotFoundException } from '@nestjs/common';",
    rule: 'no-restricted-imports',
  },
  {
    file: 'server/src/modules/scans/scans.controller.ts',
    text: "import { Controller, Get } from '@nestjs/common';\n@Controller() export class C { @Get() list(): string { return ''; } }",
    rule: 'house/controller-scope',
  },
  { file: 'cli/src/main.ts', text: 'export default 1;', rule: 'import-x/no-default-export' },
  {
    file: 'cli/src/main.ts',
    text: 'export const x: any = 1;',
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    file: 'cli/src/main.ts',
    text: 'export const x = Promise.resolve; void x;\nPromise.resolve(1);',
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    file: 'cli/src/main.ts',
    text: '// eslint-disable-next-line eqeqeq\nexport const x = 1 == Number("1");',
    rule: 'comments/require-description',
  },
];

describe('the lint rules', () => {
  const output = execFileSync(process.execPath, [join(__dirname, 'probe-lint.mjs')], {
    cwd: root,
    input: JSON.stringify(CASES),
    // In its mode for one run over unchanged files, which CI would switch on, the parser would not see our text.
    env: { ...process.env, TSESTREE_SINGLE_RUN: 'false' },
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  const found = JSON.parse(output) as string[][];

  it.each(CASES.map((entry, index) => [entry.rule, entry.file, entry.text, index] as const))(
    '%s bites in %s: %s',
    (rule, _file, _text, index) => {
      expect(found[index]).toContain(rule);
    },
  );
});
