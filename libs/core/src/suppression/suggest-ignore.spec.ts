import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { suggestIgnore } from './suggest-ignore';

const RULE = 'a.rule-1';

function suggest(filePath: string, text: string, line: number, rules = [RULE]): string | null {
  return suggestIgnore({ text, filePath, line, rules });
}

describe('a directive above a line', () => {
  it.each([
    [
      'src/a.py',
      'def f():\n    eval(x)\n',
      2,
      `    # securescan: ignore-next-line ${RULE}\n    eval(x)`,
    ],
    [
      'a.js',
      'if (x) {\n\teval(x);\n}\n',
      2,
      `\t// securescan: ignore-next-line ${RULE}\n\teval(x);`,
    ],
    [
      'a.ts',
      'const a = <T,>(x: T) => x;\neval(a);',
      2,
      `// securescan: ignore-next-line ${RULE}\neval(a);`,
    ],
    [
      'a.go',
      'package a\n\nvar x = f()\n',
      3,
      `// securescan: ignore-next-line ${RULE}\nvar x = f()`,
    ],
    [
      'a.css',
      'a {\n  b: url(x);\n}\n',
      2,
      `  /* securescan: ignore-next-line ${RULE} */\n  b: url(x);`,
    ],
    ['a.sql', 'GRANT ALL TO x;\n', 1, `-- securescan: ignore-next-line ${RULE}\nGRANT ALL TO x;`],
    ['a.sh', '#!/bin/sh\ncurl x | sh\n', 2, `# securescan: ignore-next-line ${RULE}\ncurl x | sh`],
    ['a.yml', 'a:\n  - b: c\n', 2, `  # securescan: ignore-next-line ${RULE}\n  - b: c`],
    ['a.toml', 'a = [\n  1,\n]\n', 2, `  # securescan: ignore-next-line ${RULE}\n  1,`],
    [
      'a.tf',
      'resource "a" "b" {\n  c = true\n}\n',
      2,
      `  # securescan: ignore-next-line ${RULE}\n  c = true`,
    ],
    ['Dockerfile', 'FROM a\nRUN x\n', 2, `# securescan: ignore-next-line ${RULE}\nRUN x`],
    ['a.php', '<?php\neval($x);\n', 2, `// securescan: ignore-next-line ${RULE}\neval($x);`],
  ])('%s', (filePath, text, line, expected) => {
    expect(suggest(filePath, text, line)).toBe(expected);
  });

  it('keeps the line ends of the file', () => {
    const directive = `# securescan: ignore-next-line ${RULE}\r`;
    expect(suggest('a.py', 'a()\r\nb()\r\n', 1)).toBe(`${directive}\na()\r`);
    expect(suggest('a.py', 'a()\r\nb()', 2)).toBe(`${directive}\nb()`);
  });

  it('names every rule', () => {
    expect(suggest('a.py', 'a()\n', 1, ['B101', '@x/y', 'python:S1'])).toBe(
      '# securescan: ignore-next-line B101, @x/y, python:S1\na()',
    );
  });
});

describe('no directive', () => {
  it.each<[string, string, string, number]>([
    ['within a string of several lines', 'a.py', 'a = """\nb\n"""\n', 2],
    ['within a template', 'a.js', 'a = `\n${\nb()\n}`\n', 3],
    ['within a raw string', 'a.go', 'var a = `\nb\n`\n', 2],
    ['within a block scalar', 'a.yml', 'run: |\n  b\n  c\n', 2],
    ['within a plain scalar of several lines', 'a.yml', 'run: b\n  c\n', 2],
    ['within a heredoc', 'a.tf', 'a = <<EOT\nb\nEOT\n', 2],
    ['within a heredoc of any word', 'a.sh', 'cat <<end\nb\nend\n', 2],
    ['behind a backslash', 'a.sh', 'a \\\n  b\n', 2],
    ['behind a backslash', 'a.py', 'a = b + \\\n  c\n', 2],
    ['behind a backslash', 'Dockerfile', 'RUN a \\\n  b\n', 2],
    ['within arithmetic', 'a.sh', 'a=$((1 +\n  b\n))\n', 2],
    ['within a chain of calls', 'a.rb', 'a\n  .b(c)\n', 2],
    ['within a macro', 'a.c', '#define A(x) \\\n  f(x)\n', 2],
    ['above a shebang', 'a.sh', '#!/bin/sh\n', 1],
    ['above a mark of the byte order', 'a.py', '\ufeffa()\n', 1],
    ['above a comment', 'a.py', '# a\nb()\n', 1],
    [
      'between a comment for a tool and its line',
      'a.js',
      '// eslint-disable-next-line x\neval(a)\n',
      2,
    ],
    [
      'between a comment for a tool and its line',
      'a.py',
      '# securescan: ignore-next-line y\na()\n',
      2,
    ],
    ['in JSON', 'a.json', '{\n"a": 1\n}\n', 2],
    ['among tags', 'a.tsx', 'a = <b>\n{c}\n</b>\n', 2],
    ['among tags', 'a.js', 'a = <b>\n{c}\n</b>\n', 2],
    ['in a page', 'a.html', '<p>\n<b>x</b>\n</p>\n', 2],
    ['in a page', 'a.vue', '<template>\n<b>x</b>\n</template>\n', 2],
    ['in a page', 'a.php', '<p>\n<?= $x ?>\n', 2],
    ['in Markdown', 'a.md', 'a\nb\n', 2],
    ['in XML', 'pom.xml', '<a>\n<b/>\n</a>\n', 2],
    ['in a recipe', 'Makefile', 'a:\n\tcurl x | sh\n', 2],
    ['in a template of YAML', 'a.yaml', 'a: {{ .x }}\nb: {{- if }}\n', 1],
    ['in a file of no known language', 'LICENCE', 'a\nb\n', 2],
    ['for a line that is not there', 'a.py', 'a()\n', 3],
    ['for an empty line', 'a.py', 'a()\n\nb()\n', 2],
    ['for a line with a secret', 'a.py', ['a = "AKIA', 'QYLPMN5HFIQR7XYA"\n'].join(''), 1],
    ['for a line that turns its direction', 'a.py', 'a("\u202ex")\n', 1],
    ['for a line with the beginning of a marker', 'a.py', 'a("<!-- securescan:fp:x -->")\n', 1],
    ['where not all could be decoded', 'a.py', 'a()\n# \ufffd\n', 1],
    ['where lines end with CR', 'a.py', 'a()\rb()\nc()\n', 2],
    ['in a very long file', 'a.py', 'a()\n'.repeat(80_000), 1],
    ['in a very long file of data', 'a.yml', '- a\n'.repeat(20_000), 1],
    ['for a very long line', 'a.py', `a(${'1,'.repeat(400)})\n`, 1],
  ])('%s: %s', (_why, filePath, text, line) => {
    expect(suggest(filePath, text, line)).toBeNull();
  });

  it.each(['a b', 'a,b', 'a"b', '', '*', '\n', 'a\nb()', 'a */ b', "it's"])(
    'for the rule %j',
    (rule) => {
      expect(suggest('a.css', 'a { b: c }\n', 1, [rule])).toBeNull();
    },
  );

  it('that ends its own comment', () => {
    expect(suggest('a.css', 'a { b: c }\n', 1, ['a*/b'])).toBeNull();
    expect(suggest('a.php', '<?php\na();\n', 2, ['a?>b'])).toBeNull();
  });
});

describe('a directive above a line of any file', () => {
  const NAMES = ['a.py', 'a.js', 'a.yml', 'Dockerfile', 'a.sh', 'a.toml', 'a.css', 'a.rb', 'a.tf'];
  const pieces = [
    'a',
    'b: c',
    '"',
    "'",
    '`',
    '"""',
    '#',
    '//',
    '/*',
    '*/',
    '\\',
    '|',
    '<<EOF',
    'EOF',
    '  ',
    '\r',
    '${',
    '}',
    '- ',
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces, '\n', '\n'), anyText()), { maxLength: 30 })
    .map((parts) => parts.join(''));

  it('is one new line above it, and everything else as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), text, fc.nat(12), (name, source, index) => {
        const line = index + 1;
        const suggestion = suggest(name, source, line);
        if (suggestion === null) return;
        const original = source.split('\n')[index] ?? '';
        expect(suggestion.endsWith(`\n${original}`)).toBe(true);
        expect(suggestion.split('\n')).toHaveLength(2);
        expect(suggestion.split('\n')[0]).toMatch(
          /^\s*(?:#|\/\/|\/\*) securescan: ignore-next-line a\.rule-1/,
        );
      }),
      { numRuns: 500 },
    );
  });
});
