import { randomToken } from '@securescan/testing';
import { lineContext } from './line-context';

function same(path: string, ...variants: readonly string[]): void {
  const contexts = variants.map((variant) => lineContext(variant.split('\n'), path));
  expect(new Set(contexts).size).toBe(1);
  expect(contexts[0]).not.toBe('');
}

function different(path: string, ...variants: readonly string[]): void {
  const contexts = variants.map((variant) => lineContext(variant.split('\n'), path));
  expect(new Set(contexts).size).toBe(variants.length);
}

describe('lineContext keeps', () => {
  it('re-indentation, re-wrapping, trailing comments and line endings of TypeScript', () => {
    same(
      'a.ts',
      'const rows = query(`SELECT ${id}`, limit);',
      '\t\tconst rows = query(`SELECT ${id}`, limit);   ',
      'const rows = query(\n  `SELECT ${id}`,\n  limit);',
      'const rows = query(`SELECT ${id}`, limit); // "why" it\'s so',
      'const rows = query(`SELECT ${id}`, /* at most */ limit);',
      'const rows = query(`SELECT ${id}`, limit);\r',
    );
  });

  it.each([
    ['a.py', 'run(cmd, shell=True)', '    run(\n  cmd,\n  shell=True)  # nosec "x'],
    ['a.rb', 'system("ls #{dir}")', '  system("ls #{dir}") # list'],
    ['a.sh', 'chmod 777 /srv', '  chmod   777 \\\n    /srv  # wide open'],
    ['Dockerfile', 'RUN chmod 777 /srv', 'RUN chmod \\\n  777 /srv'],
    ['a.yaml', 'image: nginx:latest', '    image:   nginx:latest # pinned later'],
    ['a.sql', "SELECT 'it''s' FROM t", "SELECT 'it''s'\n  FROM t -- all of it"],
    [
      'a.html',
      '<a href="x" target="_blank">go</a>',
      '<a href="x"\n  target="_blank"\n>go</a> <!-- out -->',
    ],
    ['a.go', 'exec.Command("sh", arg)', 'exec.Command(\n\t"sh", arg) // run'],
    ['a.rs', "fn f<'a>(x: &'a str) { g(x) }", "fn f<'a>(x: &'a str) { g(x) } // '"],
    ['a.css', 'a { background: url(//cdn/x) }', '  a {\n  background: url(//cdn/x) } /* out */'],
    ['main.tf', 'acl = "public-read"', '  acl   = "public-read" # open'],
    ['a.unheard', 'open door', '   open    door  '],
  ])('the same in %s', (path, plain, changed) => {
    same(path, plain, changed);
  });

  it('case', () => {
    different('a.ts', 'Foo()', 'foo()');
  });
});

describe('lineContext tells apart', () => {
  it('white space in strings', () => {
    different('a.ts', 'f("a b")', 'f("ab")', 'f("a  b")');
  });

  it('what looks like a comment within a string, an address or a regular expression', () => {
    different('a.ts', 'get("http://a")', 'get("http://b")');
    different('a.py', 'colour = "#fff"', 'colour = "#000"');
    different('a.sql', "SELECT '--a'", "SELECT '--b'");
    different('a.tsx', '<a>http://a.org</a>', '<a>http://b.org</a>');
    different('a.js', 'x = /["//]a/; f(1)', 'x = /["//]a/; f(2)');
    different('a.sh', 'echo ${#list} a', 'echo ${#list} b');
    different('a.yml', 'ref: page#one', 'ref: page#two');
    different('a.c', 'i = j--; k', 'i = j--; l');
  });

  it('words that would run together', () => {
    different('a.sh', 'rm -rf / tmp', 'rm -rf /tmp');
    different('a.ts', 'a - -b', 'a--b');
    different('a.ts', 'return x', 'returnx');
  });

  it('lines of comment alone', () => {
    different('a.py', '# first', '# second');
  });

  it('only what is within the first ten lines', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `call(${String(index)});`);
    const changed = [...lines.slice(0, 11), 'other();'];
    expect(lineContext(changed, 'a.ts')).toBe(lineContext(lines, 'a.ts'));
    expect(lineContext(['first();', ...lines.slice(1)], 'a.ts')).not.toBe(
      lineContext(lines, 'a.ts'),
    );
  });
});

describe('lineContext and secrets', () => {
  // The example password of RFC 7617 and a second value that is as plain.
  const first = 'password = "open-sesame-1"';
  const second = 'password = "open-sesame-2"';

  it('never holds the value, yet tells two of them apart', () => {
    const context = lineContext([first], 'a.py');
    expect(context).toMatch(/^password="<generic-secret:[0-9a-f]{4}>"$/);
    expect(context).not.toContain('sesame');
    different('a.py', first, second);
    same('a.py', first, 'password = \\\n     "open-sesame-1"', 'password =\n"open-sesame-1"');
  });

  const everywhere = ['a.ts', 'a.py', 'a.java', 'a.go', 'a.rb', 'a.php', 'a.tf', 'a.sql', 'a.md'];
  const secret = randomToken(24, 3);

  it.each([
    `postgresql://app:${secret}@db:5432/shop`,
    `const apiKey = "${secret}";`,
    `password: '${secret}'`,
    `token = ${secret}`,
    `headers = { "Authorization" : "Bearer ${secret}${secret}" }`,
    `f("a", x)  # password = "${secret}"`,
  ])('masks the value in %s, whatever the file', (line) => {
    for (const path of [...everywhere, 'a.sh', '.env', 'a.yaml', 'a.html', 'bin/a', 'Dockerfile']) {
      expect(lineContext([`  ${line}`], path)).not.toContain(secret);
    }
  });

  it('takes no comment for a secret because it speaks of one', () => {
    same('a.py', 'run(x)', 'run(x)  # token: TODO', 'run(x)  # secret=required');
    same('a.js', 'run(x);', 'run(x); // api key = none');
  });

  it.each([
    ['a.kt', 'val apiKey = BuildConfig . API_KEY'],
    ['a.js', 'const secret = process . env . SECRET || "dev-secret-1" ;'],
    ['a.java', 'String password = getPassword ( user ) ;'],
    ['a.py', 'password = os . environ [ "DB_PASSWORD" ]'],
  ])('is the same in %s wherever %s is wrapped', (path, code) => {
    const tokens = code.split(' ');
    const wrapped = tokens.map((_, place) =>
      [tokens.slice(0, place).join(' '), tokens.slice(place).join(' ')].join('\n  '),
    );
    same(path, code, code.replaceAll(' . ', '.'), ...wrapped);
  });

  it('keeps the mask of a secret that stands in a comment', () => {
    different('a.py', `run()  # ${first}`, `run()  # ${second}`, 'run()  # nothing');
    expect(lineContext([`run()  # ${first}`], 'a.py')).not.toContain('sesame');
  });
});

describe('lineContext of hostile lines', () => {
  it.each([
    ['quotes', '"'],
    ['slashes', '/'],
    ['regular expressions', '=/['],
    ['backslashes', '\\'],
    ['comments', '/*'],
    ['backticks', '`'],
  ])('ends for a long line of %s', (_name, unit) => {
    const line = unit.repeat(1_000_000 / unit.length);
    expect(lineContext([line, line], 'a.ts').length).toBeLessThanOrEqual(8_001);
  });
});
