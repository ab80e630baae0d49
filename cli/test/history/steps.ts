import { randomToken } from '@securescan/testing';
import type { Project } from './project';

/** One change of the history, and what a comparison of what was before it with what is after it must say. */
export interface Step {
  readonly name: string;
  readonly change: (project: Project) => void;
  /** `rule path:line`, as they are after the change. */
  readonly new?: readonly string[];
  /** `rule path:line`, as they were before it. */
  readonly fixed?: readonly string[];
  /** What the change itself suppresses, as `rule path:line`. */
  readonly muted?: readonly string[];
  /** What is gone from sight without being gone. */
  readonly notAssessed?: readonly string[];
  /** The revisions to compare, where they are not the commit and its first parent. */
  readonly between?: readonly [base: string, head: string];
}

const PINNED = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
const CHMOD = 'RUN chmod 777 /srv';
const ADD = 'ADD https://example.com/tool.tgz /opt/';
const TOKEN = `ghp_${randomToken(36, 1)}`;
const OTHER_TOKEN = `ghp_${randomToken(36, 2)}`;
const ODD = 'odd "dir"/Ünï 1\n.Dockerfile';

/** Line 1 is the base image, so the given lines begin at line 2. */
function image(...lines: readonly string[]): string {
  return [PINNED, ...lines, 'USER app', ''].join('\n');
}

const WRITABLE = 'dockerfile/DL008';
const FETCHED = 'dockerfile/DL006';
const SECRET = 'secrets/github-token';

/** More than forty changes, each of which says what it did. The list is made by hand: nothing here is computed by what it tests. */
export const STEPS: readonly Step[] = [
  {
    name: 'a file with a defect',
    change: (project) => project.write('Dockerfile', image(CHMOD)),
    new: [`${WRITABLE} Dockerfile:2`],
  },
  {
    name: 'comments above it',
    change: (project) => project.write('Dockerfile', image('# one', '# two', '', CHMOD)),
  },
  {
    name: 'other spacing',
    change: (project) =>
      project.write('Dockerfile', image('# one', '# two', '', '  RUN   chmod  777   /srv')),
  },
  {
    name: 'Windows line endings',
    change: (project) => project.edit('Dockerfile', (text) => text.replaceAll('\n', '\r\n')),
  },
  {
    name: 'the old line endings and spacing',
    change: (project) => project.write('Dockerfile', image('# one', CHMOD)),
  },
  {
    name: 'a copy above it',
    change: (project) => project.write('Dockerfile', image(CHMOD, '# one', CHMOD)),
    new: [`${WRITABLE} Dockerfile:2`],
  },
  {
    name: 'the lower one removed',
    change: (project) => project.write('Dockerfile', image(CHMOD, '# one')),
    fixed: [`${WRITABLE} Dockerfile:4`],
  },
  {
    name: 'another defect below',
    change: (project) => project.write('Dockerfile', image(CHMOD, '# one', ADD)),
    new: [`${FETCHED} Dockerfile:4`],
  },
  {
    name: 'the two change places',
    change: (project) => project.write('Dockerfile', image(ADD, '# one', CHMOD)),
  },
  {
    name: 'a renamed file',
    change: (project) => project.move('Dockerfile', 'api.Dockerfile'),
  },
  {
    name: 'a renamed file with one more defect, above a comment that git takes with it',
    change: (project) => {
      project.move('api.Dockerfile', 'web.Dockerfile');
      project.write('web.Dockerfile', image(ADD, '# one', '# two', CHMOD, '# three', CHMOD));
    },
    new: [`${WRITABLE} web.Dockerfile:5`],
  },
  {
    name: 'a file moved into a directory',
    change: (project) => project.move('web.Dockerfile', 'images/web.Dockerfile'),
  },
  {
    name: 'the file moved to where no scan looks',
    change: (project) => project.move('images/web.Dockerfile', 'build/web.Dockerfile'),
    notAssessed: [
      `${FETCHED} images/web.Dockerfile:2`,
      `${WRITABLE} images/web.Dockerfile:5`,
      `${WRITABLE} images/web.Dockerfile:7`,
    ],
  },
  {
    name: 'the file moved back',
    change: (project) => project.move('build/web.Dockerfile', 'images/web.Dockerfile'),
    new: [
      `${FETCHED} images/web.Dockerfile:2`,
      `${WRITABLE} images/web.Dockerfile:5`,
      `${WRITABLE} images/web.Dockerfile:7`,
    ],
  },
  {
    name: 'a copy of the file',
    change: (project) => project.copy('images/web.Dockerfile', 'tools/Dockerfile'),
    new: [
      `${FETCHED} tools/Dockerfile:2`,
      `${WRITABLE} tools/Dockerfile:5`,
      `${WRITABLE} tools/Dockerfile:7`,
    ],
  },
  {
    name: 'the copy removed',
    change: (project) => project.remove('tools/Dockerfile'),
    fixed: [
      `${FETCHED} tools/Dockerfile:2`,
      `${WRITABLE} tools/Dockerfile:5`,
      `${WRITABLE} tools/Dockerfile:7`,
    ],
  },
  {
    name: 'one of two defects of a kind removed',
    change: (project) => project.write('images/web.Dockerfile', image(ADD, CHMOD)),
    fixed: [`${WRITABLE} images/web.Dockerfile:7`],
  },
  {
    name: 'another operand',
    change: (project) =>
      project.edit('images/web.Dockerfile', (text) => text.replace('/srv', '/var')),
    new: [`${WRITABLE} images/web.Dockerfile:3`],
    fixed: [`${WRITABLE} images/web.Dockerfile:3`],
  },
  {
    name: 'the last commit reverted',
    change: (project) => void project.git('revert', '--no-edit', 'HEAD'),
    new: [`${WRITABLE} images/web.Dockerfile:3`],
    fixed: [`${WRITABLE} images/web.Dockerfile:3`],
  },
  {
    name: 'a command wrapped over two lines',
    change: (project) =>
      project.edit('images/web.Dockerfile', (text) =>
        text.replace('777 /srv', '777 \\\n      /srv'),
      ),
  },
  {
    name: 'the command joined again',
    change: (project) =>
      project.edit('images/web.Dockerfile', (text) =>
        text.replace('777 \\\n      /srv', '777 /srv'),
      ),
  },
  {
    name: 'a defect that comes with its ignore',
    change: (project) =>
      project.write(
        'images/web.Dockerfile',
        image(ADD, CHMOD, `# securescan: ignore ${WRITABLE} reason="Only in tests."`, CHMOD),
      ),
    muted: [`${WRITABLE} images/web.Dockerfile:5`],
  },
  {
    name: 'a copy above the ignored one',
    change: (project) =>
      project.write(
        'images/web.Dockerfile',
        image(ADD, CHMOD, CHMOD, `# securescan: ignore ${WRITABLE} reason="Only in tests."`, CHMOD),
      ),
    new: [`${WRITABLE} images/web.Dockerfile:4`],
  },
  {
    name: 'the ignore removed',
    change: (project) => project.write('images/web.Dockerfile', image(ADD, CHMOD, CHMOD, CHMOD)),
    new: [`${WRITABLE} images/web.Dockerfile:5`],
  },
  {
    name: 'an ignore for what is known',
    change: (project) =>
      project.write(
        'images/web.Dockerfile',
        image(ADD, CHMOD, CHMOD, `# securescan: ignore ${WRITABLE} reason="Known."`, CHMOD),
      ),
    muted: [`${WRITABLE} images/web.Dockerfile:6`],
  },
  {
    name: 'the ignored one removed with its ignore',
    change: (project) => project.write('images/web.Dockerfile', image(ADD, CHMOD, CHMOD)),
  },
  {
    name: 'everything removed',
    change: (project) => project.write('images/web.Dockerfile', image()),
    fixed: [
      `${FETCHED} images/web.Dockerfile:2`,
      `${WRITABLE} images/web.Dockerfile:3`,
      `${WRITABLE} images/web.Dockerfile:4`,
    ],
  },
  {
    name: 'a secret in code',
    change: (project) => project.write('src/a.py', `import os\n\nTOKEN = "${TOKEN}"\n`),
    new: [`${SECRET} src/a.py:3`],
  },
  {
    name: 'the secret within a function',
    change: (project) =>
      project.write('src/a.py', `import os\n\ndef load():\n    TOKEN = "${TOKEN}"  # old\n`),
  },
  {
    name: 'another secret in its place',
    change: (project) => project.edit('src/a.py', (text) => text.replace(TOKEN, OTHER_TOKEN)),
    new: [`${SECRET} src/a.py:4`],
    fixed: [`${SECRET} src/a.py:4`],
  },
  {
    name: 'the same line in a second file',
    change: (project) => project.write('src/b.py', `TOKEN = "${OTHER_TOKEN}"\n`),
    new: [`${SECRET} src/b.py:1`],
  },
  {
    name: 'a renamed variable',
    change: (project) => project.edit('src/b.py', (text) => text.replace('TOKEN', 'KEY')),
    new: [`${SECRET} src/b.py:1`],
    fixed: [`${SECRET} src/b.py:1`],
  },
  {
    name: 'two files that change names',
    change: (project) => {
      const [a, b] = [project.read('src/a.py'), project.read('src/b.py')];
      project.write('src/a.py', b);
      project.write('src/b.py', a);
    },
    new: [`${SECRET} src/a.py:1`, `${SECRET} src/b.py:4`],
    fixed: [`${SECRET} src/a.py:4`, `${SECRET} src/b.py:1`],
  },
  {
    name: 'a name of every kind of character',
    change: (project) => project.write(ODD, image(CHMOD)),
    new: [`${WRITABLE} ${ODD}:2`],
  },
  {
    name: 'the odd name made plain',
    change: (project) => project.move(ODD, 'plain.Dockerfile'),
  },
  {
    name: 'a branch, beside what main got meanwhile',
    change: (project) => {
      project.git('checkout', '--quiet', '-b', 'feature');
      project.write('feature.Dockerfile', image(CHMOD));
      project.commit('feature');
      project.git('checkout', '--quiet', 'main');
      project.write('main.Dockerfile', image(ADD));
    },
    between: ['main', 'feature'],
    new: [`${WRITABLE} feature.Dockerfile:2`],
  },
  {
    name: 'main merged into the branch',
    change: (project) => {
      project.git('checkout', '--quiet', 'feature');
      project.git('merge', '--quiet', '--no-edit', 'main');
    },
    between: ['main', 'feature'],
    new: [`${WRITABLE} feature.Dockerfile:2`],
  },
  {
    name: 'the merge itself, seen from the branch',
    change: () => undefined,
    between: ['feature~1', 'feature'],
    new: [`${FETCHED} main.Dockerfile:2`],
  },
  {
    name: 'a second branch, rebased onto main',
    change: (project) => {
      project.git('checkout', '--quiet', '-b', 'second', 'main~1');
      project.write('second.Dockerfile', image(CHMOD, ADD));
      project.commit('second');
      project.edit('second.Dockerfile', (text) => text.replace(`${ADD}\n`, ''));
      project.commit('second, mended');
      project.git('rebase', '--quiet', 'main');
    },
    between: ['main', 'second'],
    new: [`${WRITABLE} second.Dockerfile:2`],
  },
  {
    name: 'the branch merged into main',
    change: (project) => {
      project.git('checkout', '--quiet', 'main');
      project.git('merge', '--quiet', '--no-ff', '--no-edit', 'feature');
    },
    new: [`${WRITABLE} feature.Dockerfile:2`],
  },
  {
    name: 'the merge reverted',
    change: (project) => void project.git('revert', '--no-edit', '-m', '1', 'HEAD'),
    fixed: [`${WRITABLE} feature.Dockerfile:2`],
  },
  {
    name: 'a commit without any change',
    change: (project) => project.commit('nothing'),
  },
];
