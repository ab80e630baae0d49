import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './image-description';

interface Pattern {
  readonly isException: boolean;
  readonly expression: RegExp;
}

/** Whether Docker's build sees a path of the repository: the last line of `.dockerignore` that fits it or a directory above decides. */
export function isInBuildContext(path: string): boolean {
  const parts = path.split('/');
  const itself = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const last = patterns().findLast(({ expression }) =>
    itself.some((each) => expression.test(each)),
  );
  return last?.isException ?? true;
}

function patterns(): Pattern[] {
  return readFileSync(join(REPOSITORY, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      isException: line.startsWith('!'),
      expression: expressionOf(line.replace(/^!/, '')),
    }));
}

/** `*` is part of a name, and a leading `**` any directories or none. */
function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/^\*\*\//, '(?:.*/)?')
    .replace(/(?<!\.)\*/g, '[^/]*');
  return new RegExp(`^${source}$`);
}
