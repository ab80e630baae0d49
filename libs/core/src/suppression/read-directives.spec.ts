import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { readDirectives, type DirectiveReading } from './read-directives';

function read(path: string, ...lines: readonly string[]): DirectiveReading {
  return readDirectives(lines.join('\n'), path);
}

/** `rules@line>covered`, shortly. */
function shortly({ directives }: DirectiveReading): string[] {
  return directives.map(
    ({ rules, line, coversLine }) => `${rules.join('+')}@${String(line)}>${String(coversLine)}`,
  );
}

describe('a directive is read from the comments of', () => {
  it.each([
    ['a.py', 'x = 1  # securescan: ignore A'],
    ['a.rb', 'x = 1  # securescan: ignore A'],
    ['a.sh', 'x=1 # securescan: ignore A'],
    ['a.sh', 'x=1 #securescan: ignore A'],
    ['a.yml', 'x: 1 # securescan: ignore A'],
    ['a.tf', 'x = 1 # securescan: ignore A'],
    ['a.tf', 'x = 1 // securescan: ignore A'],
    ['a.js', 'x = 1; // securescan: ignore A'],
    ['a.ts', 'x = 1; /* securescan: ignore A */'],
    ['a.tsx', 'x = 1; /* securescan: ignore A */'],
    ['a.go', 'x := 1 // securescan: ignore A'],
    ['a.java', 'x = 1; // securescan: ignore A'],
    ['a.c', 'x = 1; /* securescan: ignore A */'],
    ['a.php', '$x = 1; # securescan: ignore A'],
    ['a.php', '$x = 1; // securescan: ignore A'],
    ['a.sql', 'SELECT 1; -- securescan: ignore A'],
    ['a.sql', 'SELECT 1; /* securescan: ignore A */'],
    ['a.lua', 'x = 1 -- securescan: ignore A'],
    ['a.css', 'a { color: red } /* securescan: ignore A */'],
    ['a.html', '<a href="x"> <!-- securescan: ignore A -->'],
    ['a.xml', '<a/> <!-- securescan: ignore A -->'],
    ['a.vue', '<a/> <!-- securescan: ignore A -->'],
    ['a.toml', 'x = 1 # securescan: ignore A'],
    ['a.ini', 'x = 1 ; securescan: ignore A'],
    ['Makefile', 'x: y # securescan: ignore A'],
    ['requirements.txt', 'django==1.0 # securescan: ignore A'],
    ['a.unknown', 'x -- securescan: ignore A'],
  ])('%s: %s', (path, line) => {
    const reading = read(path, line);
    expect(reading.problems).toEqual([]);
    expect(shortly(reading)).toEqual(['A@1>1']);
  });
});

describe('nothing is read from', () => {
  it.each([
    ['a.py', 'x = "# securescan: ignore A"'],
    ['a.js', 'x = "https://example.com/ securescan: ignore A";'],
    ['a.js', 'x = `// securescan: ignore A`;'],
    ['a.sh', 'x=a#securescan: ignore A'],
    ['a.py', 'securescan: ignore A'],
    ['a.py', 'x = 1 # notsecurescan: ignore A'],
    ['a.py', 'x = 1 # securescan is fine'],
    ['a.json', '{"x": "// securescan: ignore A"}'],
  ])('%s: %s', (path, line) => {
    expect(read(path, line)).toEqual({ directives: [], problems: [] });
  });
});

describe('the line that is covered', () => {
  it.each<[string, readonly string[], string]>([
    ['is its own beside code', ['x = 1', 'y = 2  # securescan: ignore A'], 'A@2>2'],
    ['is the next code below a comment', ['# securescan: ignore A', 'x = 1'], 'A@1>2'],
    ['skips blank lines and comments', ['# securescan: ignore A', '', '# and', '', 'x'], 'A@1>5'],
    ['is the very next one if asked for', ['# securescan: ignore-next-line A', '', 'x'], 'A@1>2'],
    ['is its own if asked for', ['# securescan: ignore-this-line A', 'x'], 'A@1>1'],
    ['is its own at the end of the file', ['x', '# securescan: ignore A'], 'A@2>2'],
    ['is not moved by a form feed', ['\f', '\u2028', 'x  # securescan: ignore A'], 'A@3>3'],
    ['is not moved by Windows line ends', ['\r', 'x  # securescan: ignore A\r'], 'A@2>2'],
    ['follows a string of several lines', ['x = """', '"""  # securescan: ignore A'], 'A@2>2'],
  ])('%s', (_name, lines, expected) => {
    expect(shortly(read('a.py', ...lines))).toEqual([expected]);
  });

  it('is found from within a block comment', () => {
    const lines = ['/*', ' * Known.', ' * securescan: ignore A', ' */', '', 'x = 1;'];
    expect(shortly(read('a.js', ...lines))).toEqual(['A@3>6']);
  });
});

describe('the words of a directive', () => {
  function words(text: string) {
    const { directives, problems } = read('a.py', `x  # securescan: ${text}`);
    const [directive] = directives;
    if (directive === undefined) return problems.map(({ message }) => message);
    const { rules, until, reason } = directive;
    return { rules, until, reason };
  }

  it.each<[string, readonly string[], string | null, string | null]>([
    ['ignore A', ['A'], null, null],
    ['IGNORE A', ['A'], null, null],
    ['ignore A,B , C', ['A', 'B', 'C'], null, null],
    ['ignore secrets/github-token', ['secrets/github-token'], null, null],
    ['ignore a.b.c_d-e:f', ['a.b.c_d-e:f'], null, null],
    ['ignore npm-audit/GHSA-1 reason="Not reached."', ['npm-audit/GHSA-1'], null, 'Not reached.'],
    ["ignore A reason='Not reached.'", ['A'], null, 'Not reached.'],
    ['ignore A until=2027-03-01', ['A'], '2027-03-01', null],
    ['ignore A reason="x" until=2027-03-01', ['A'], '2027-03-01', 'x'],
    ['ignore A until=2027-03-01 # why', ['A'], '2027-03-01', 'why'],
    ['ignore A -- why', ['A'], null, 'why'],
    ['ignore A // why', ['A'], null, 'why'],
    ['ignore * reason="Generated."', ['*'], null, 'Generated.'],
    ['ignore A reason=""', ['A'], null, null],
  ])('%s', (text, rules, until, reason) => {
    expect(words(text)).toEqual({ rules, until, reason });
  });

  it.each([
    ['ignore', 'it names no rule'],
    ['ignore   ', 'it names no rule'],
    ['ignore A because of that', '"because of that" is not understood'],
    ['ignore A until=soon', 'until=soon is no day'],
    ['ignore A until=2027-02-30', 'until=2027-02-30 is no day'],
    ['ignore *', 'without saying why'],
    ['ignore *, A reason="x"', 'it names * beside rules'],
    ['ignore-all A', '"ignore-all" is no directive'],
  ])('%s is told as a problem', (text, words_) => {
    expect(words(text)).toEqual([expect.stringContaining(words_)]);
  });

  it('stand for several directives on one line', () => {
    const reading = read('a.py', 'x  # securescan: ignore A securescan: ignore B');
    expect(shortly(reading)).toEqual(['A@1>1', 'B@1>1']);
  });
});

describe('for any text', () => {
  it('gives places that are there, and never throws', () => {
    const piece = fc.oneof(
      anyText(),
      fc.constantFrom('# securescan: ignore ', 'A', '\n', ' ', ',', '"', '*', 'until=', 'reason='),
    );
    fc.assert(
      fc.property(
        fc.array(piece),
        fc.constantFrom('a.py', 'a.js', 'a.html', 'a.x'),
        (parts, path) => {
          const text = parts.join('');
          const last = text.split('\n').length;
          for (const { line, coversLine, rules } of readDirectives(text, path).directives) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(last);
            expect(coversLine).toBeLessThanOrEqual(last + 1);
            expect(rules.every((rule) => rule !== '')).toBe(true);
          }
        },
      ),
    );
  });

  it.each([
    ['one long line of markers', '# securescan: ignore A '.repeat(40_000)],
    ['many lines of markers', '# securescan: ignore A\n'.repeat(40_000)],
    ['commas without end', `# securescan: ignore ${'A,'.repeat(400_000)}`],
    ['spaces without end', `# securescan:${' '.repeat(800_000)}ignore A`],
    ['an open quote', `# securescan: ignore A reason="${'x'.repeat(800_000)}`],
  ])('takes no more than linear time for %s', (_name, text) => {
    // A quadratic reader would take minutes for a megabyte.
    expect(readDirectives(text, 'a.py').directives.length).toBeLessThanOrEqual(1_000);
  });
});
