import { randomToken } from '@securescan/testing';
import { Project } from '../../cli/test/history/project';

const PINNED = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
/** Each is one finding of another rule, by one of the built-in scanners. */
const WRITABLE = 'RUN chmod 777 /srv';
const FETCHED = 'ADD https://example.com/x /x';
const SUDO = 'RUN sudo true';
const PORT = 'EXPOSE 22';
const TOKEN = `api_key = "${randomToken(40, 11)}"`;

/** The line of `WRITABLE` in the state `one`. */
export const ONE_LINE = 3;

function image(...lines: readonly string[]): string {
  return [PINNED, 'WORKDIR /srv', ...lines, 'USER app', ''].join('\n');
}

type Files = Readonly<Record<string, string | null>>;

/** A name that says more than a name should. */
const SCRIPT = 'a b `c` <!-- securescan:resolved --> @ada [x](y).Dockerfile';
const script = (text: string, ...lines: readonly string[]): string =>
  image('RUN <<EOF', text, 'SELECT 1', 'EOF', ...lines);

const BASE: Files = {
  Dockerfile: image(),
  [SCRIPT]: script('-- drop it'),
  'a.py': 'x = 1\n',
};

/** What a pull request may have come to: each is a commit on the base, by what it changes there. */
const STATES = {
  clean: { 'README.md': 'A shop\n' },
  one: { Dockerfile: image(WRITABLE) },
  moved: { Dockerfile: image('# It moves.', '', '# On and on.', '', WRITABLE) },
  renamed: { Dockerfile: null, 'shop.Dockerfile': image(WRITABLE) },
  twins: { Dockerfile: image(WRITABLE, WRITABLE) },
  suppressed: {
    Dockerfile: image('# securescan: ignore dockerfile/DL008 reason="It is a test."', WRITABLE),
  },
  /** Beside those on lines, that nobody is set to run it. */
  several: { Dockerfile: image(WRITABLE, FETCHED, SUDO, PORT).replace('USER app\n', '') },
  thousand: {
    Dockerfile: image(
      ...Array.from({ length: 1_000 }, (_, index) => `RUN chmod 777 /srv/${String(index)}`),
    ),
  },
  scripted: { [SCRIPT]: script('++ add it', WRITABLE) },
  crashed: { 'a.py': 'x = 2\n', crash: '' },
  doubled: { 'a.py': `${TOKEN}\n` },
} satisfies Readonly<Record<string, Files>>;

/** `later` came to the target after the branch `one`, `merged` is that branch once it took it over. */
export type StateName = keyof typeof STATES | 'base' | 'later' | 'merged';

/** A repository in which each state of a pull request is a commit. */
export class PullRequests {
  readonly project: Project;
  private readonly commits = new Map<StateName, string>();

  constructor(directory: string) {
    const project = new Project(directory);
    this.project = project;
    this.commit('base', BASE);
    for (const [name, files] of Object.entries(STATES)) {
      project.git('checkout', '--quiet', '--detach', this.idOf('base'));
      this.commit(name as StateName, files);
    }
    project.git('checkout', '--quiet', 'main');
    this.commit('later', { ...STATES.one, 'other.Dockerfile': image(SUDO) });
    project.git('checkout', '--quiet', '--detach', this.idOf('one'));
    project.git('merge', '--quiet', '--no-edit', 'main');
    this.commits.set('merged', project.git('rev-parse', 'HEAD'));
    project.git('checkout', '--quiet', 'main');
  }

  idOf(state: StateName): string {
    const id = this.commits.get(state);
    if (id === undefined) throw new RangeError(`There is no ${state}.`);
    return id;
  }

  private commit(name: StateName, files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) this.project.remove(path);
      else this.project.write(path, text);
    }
    this.project.commit(name);
    this.commits.set(name, this.project.git('rev-parse', 'HEAD'));
  }
}

/** Reports as bandit does what must not be known, and breaks where a file is called `crash`. */
export const BANDIT = `
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const root = process.argv.find((word) => existsSync(join(word, 'a.py'))) ?? '.';
if (existsSync(join(root, 'crash'))) process.exit(9);
const text = readFileSync(join(root, 'a.py'), 'utf8');
const result = {
  code: '1 ' + text,
  filename: './a.py',
  issue_confidence: 'MEDIUM',
  issue_severity: 'LOW',
  issue_cwe: { id: 259, link: 'https://cwe.mitre.org/data/definitions/259.html' },
  issue_text: 'Possible hardcoded password',
  line_number: 1,
  line_range: [1],
  more_info: 'https://bandit.readthedocs.io/',
  test_id: 'B105',
  test_name: 'hardcoded_password_string',
};
const results = text.includes('api_key') ? [result] : [];
console.log(JSON.stringify({ errors: [], generated_at: '2026-01-01T00:00:00Z', metrics: { _totals: {} }, results }));
process.exit(results.length > 0 ? 1 : 0);
`;
