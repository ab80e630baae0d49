import { spawnSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { createProgram } from '../program';
import { renderBash } from './bash';
import { shapesOf } from './command-tree';
import { renderFish } from './fish';
import { quoteForFish, quoteForSh } from './quote';
import { renderZsh } from './zsh';

const SHAPES = shapesOf(createProgram({ version: '1', run: () => undefined }));

/** A program whose texts hold what shells understand. */
function oddProgram(): Command {
  const program = new Command('securescan');
  program
    .command('group')
    .command('leaf')
    .description('it\'s $(touch /tmp/never) `x` "y" \\ [z]: done')
    .addOption(new Option('-k, --kind <kind>', "one: a 'b'").choices(['first', 'second']));
  return program;
}

describe('what may follow a command', () => {
  it('is made from the grammar', () => {
    const scan = SHAPES.find(({ path }) => path === '/scan');
    expect(scan?.flags).toContainEqual({
      names: ['-t', '--type'],
      description: expect.stringContaining('kinds of scan'),
      values: {
        kind: 'words',
        words: ['code', 'dependency', 'iac', 'baseline', 'dast', 'network'],
      },
    });
    expect(scan?.argument).toEqual({ kind: 'files' });
    expect(SHAPES.find(({ path }) => path === '/init')?.argument).toEqual({ kind: 'directories' });
    const help = SHAPES.find(({ path }) => path === '/help');
    expect(help?.argument).toMatchObject({ words: expect.arrayContaining(['scan', 'history']) });
    expect(SHAPES[0]?.commands.map(({ name }) => name)).toContain('completion');
  });

  it('is of words that mean nothing to a shell', () => {
    const words = SHAPES.flatMap(({ path, flags, argument, commands }) => [
      ...path.split('/').slice(1),
      ...commands.map(({ name }) => name),
      ...flags.flatMap(({ names }) => names),
      ...[argument, ...flags.map(({ values }) => values)].flatMap((values) =>
        values?.kind === 'words' ? values.words : [],
      ),
    ]);
    expect(words.filter((word) => !/^[\w-]+$/u.test(word))).toEqual([]);
  });

  it('reaches into groups, and takes the choices of a flag before its name', () => {
    const shapes = shapesOf(oddProgram());
    expect(shapes.map(({ path }) => path)).toContain('/group/leaf');
    const leaf = shapes.find(({ path }) => path === '/group/leaf');
    expect(leaf?.flags[0]?.values).toEqual({ kind: 'words', words: ['first', 'second'] });
  });
});

it('quotes for each shell', () => {
  expect(quoteForSh("it's $x")).toBe("'it'\\''s $x'");
  expect(quoteForFish("it's \\")).toBe("'it\\'s \\\\'");
});

/** Asks bash what it would offer for the words of a line, the last of which is being typed. */
function bashOffers(script: string, words: readonly string[]): string[] {
  const ask = `
    compopt() { echo "kind:$2"; }
    eval "$1"; shift
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _securescan
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask, 'bash', script, ...words], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describeWithTool(['bash'], 'in bash', () => {
  const script = renderBash(SHAPES);

  it.each([
    ['securescan sc', ['scan']],
    ['securescan sta', ['status']],
    ['securescan --v', ['--version']],
    ['securescan scan --ty', ['--type']],
    ['securescan scan --type d', ['dependency', 'dast']],
    ['securescan scan -t i', ['iac']],
    ['securescan scan --type = d', ['dependency', 'dast']],
    ['securescan scan --type =', ['code', 'dependency', 'iac', 'baseline', 'dast', 'network']],
    ['securescan scan . --fail-on-severity c', ['critical']],
    ['securescan scan --output s', ['sarif']],
    ['securescan scan --scanner npm', ['npm-audit']],
    ['securescan scan --require-scanner git', ['git-hygiene']],
    ['securescan scan --output-file x', ['kind:default']],
    ['securescan scan sr', ['kind:default']],
    ['securescan init sr', ['kind:dirnames']],
    ['securescan completion z', ['zsh']],
    ['securescan help his', ['history']],
    ['securescan serve --port 8', []],
    ['securescan audit ver', ['verify']],
    ['securescan audit verify --exp', ['--expect-last']],
    // A value that is called like a command is no command.
    ['securescan scan --scanner status --js', []],
  ])('%s', (line, offers) => {
    expect(bashOffers(script, line.split(' '))).toEqual(offers);
  });

  it('offers after a space whatever may come', () => {
    expect(bashOffers(script, ['securescan', ''])).toEqual(
      SHAPES[0]?.commands.map(({ name }) => name),
    );
  });

  it('runs nothing that a description holds, and finds commands of a group', () => {
    const odd = renderBash(shapesOf(oddProgram()));
    expect(bashOffers(odd, ['securescan', 'group', 'leaf', '-k', 'f'])).toEqual(['first']);
  });

  it('is registered for the program', () => {
    const { stdout } = spawnSync('bash', ['--norc', '-c', `${script}\ncomplete -p securescan`], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('complete -F _securescan securescan\n');
  });
});

describe.each([
  ['zsh', renderZsh],
  ['fish', renderFish],
] as const)('for %s', (_shell, render) => {
  it('quotes every text of the program', () => {
    const script = render(shapesOf(oddProgram()));
    const quote = render === renderZsh ? quoteForSh : quoteForFish;
    const [description = ''] = oddProgram().commands.flatMap((group) =>
      group.commands.map((leaf) => leaf.description()),
    );
    const quoted = quote(description).slice(1, -1);
    expect(script).toContain(quoted);
    expect(script.replaceAll(quoted, '')).not.toContain('$(touch');
  });
});

/** Few machines have these shells, CI has not: what they do with our scripts is seen where they are. */
const describeIn = (shell: string) => (findOnPath(shell) === null ? describe.skip : describe);

describeIn('zsh')('in zsh', () => {
  it.each([SHAPES, shapesOf(oddProgram())])('can be read', (...shapes) => {
    const check = spawnSync('zsh', ['-f', '-n'], { input: renderZsh(shapes), encoding: 'utf8' });
    expect([check.status, check.stderr]).toEqual([0, '']);
  });
});

describeIn('fish')('in fish', () => {
  const offersOf = (line: string): string[] => {
    const script = `${renderFish(SHAPES)}\ncomplete -C '${line}'`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
    return stdout
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t')[0] ?? '');
  };

  it.each([
    ['securescan hi', ['history']],
    ['securescan scan --type d', ['dast', 'dependency']],
    ['securescan completion z', ['zsh']],
  ])('%s', (line, offers) => {
    expect(new Set(offersOf(line))).toEqual(new Set(offers));
  });
});
