import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { compactSource } from './compact-source';
import { LANGUAGES } from './languages';

type LanguageName = keyof typeof LANGUAGES;

const NAMES = Object.keys(LANGUAGES) as LanguageName[];

function codeOf(source: string, language: LanguageName): string {
  return compactSource(source, LANGUAGES[language]).code;
}

/** Languages in which white space counts for nothing outside strings, with a comment of theirs. */
const FREE: readonly (readonly [LanguageName, string])[] = [
  ['c', '/* it\'s "c */'],
  ['csharp', '// it\'s "c\n'],
  ['go', '// it\'s "c\n'],
  ['java', '/* it\'s "c */'],
  ['javascript', '// it\'s "c\n'],
  ['kotlin', '/* it\'s "c */'],
  ['php', '# it\'s "c\n'],
  ['python', '# it\'s "c\n'],
  ['rust', '// it\'s "c\n'],
  ['sql', '-- it\'s "c\n'],
  ['terraform', '# it\'s "c\n'],
];
const OPERANDS = [
  'a',
  'b',
  'ab',
  'a1',
  '1',
  '12',
  '"a b"',
  '"a  b"',
  '"// a"',
  '"# a"',
  '"/* a"',
  '"\'"',
];
const OPERATORS = ['+', '-', '*', '/', '<', '>', '=', '==', '&', '&&', '.', ',', '?', ':'];

const operand = fc.constantFrom(...OPERANDS);
const factor = fc.oneof(
  operand.map((token) => [token]),
  operand.map((token) => ['(', token, ')']),
);
/** `a + ( "b" ) …`, token by token. */
const expression = fc
  .tuple(factor, fc.array(fc.tuple(fc.constantFrom(...OPERATORS), factor), { maxLength: 8 }))
  .map(([first, rest]) => [...first, ...rest.flatMap(([sign, next]) => [sign, ...next])]);

const gaps = (comment: string) =>
  fc.infiniteStream(fc.constantFrom(' ', '  ', '\t', '\n', '\n    ', ' \r\n\t', ` ${comment} `));

function joined(tokens: readonly string[], stream: Iterator<string>): string {
  return tokens.map((token) => token + String(stream.next().value)).join('');
}

function replaced(tokens: readonly string[], index: number, token: string): readonly string[] {
  return tokens.map((each, place) => (place === index ? token : each));
}

describe.each(FREE)('compactSource of %s', (language, comment) => {
  it('is the same however the tokens are wrapped, indented and commented', () => {
    fc.assert(
      fc.property(expression, gaps(comment), gaps(comment), (tokens, one, other) => {
        expect(codeOf(joined(tokens, one), language)).toBe(codeOf(joined(tokens, other), language));
      }),
    );
  });

  it('is another with another token', () => {
    const changed = fc.tuple(expression, fc.nat(), operand, fc.constantFrom(...OPERATORS));
    fc.assert(
      fc.property(changed, gaps(comment), ([tokens, seed, newOperand, newOperator], stream) => {
        const index = seed % tokens.length;
        const old = tokens[index] ?? '';
        const token = OPERATORS.includes(old) ? newOperator : newOperand;
        fc.pre(old !== token && old !== '(' && old !== ')');
        const changedTokens = replaced(tokens, index, token);
        expect(codeOf(joined(changedTokens, stream), language)).not.toBe(
          codeOf(joined(tokens, stream), language),
        );
      }),
    );
  });
});

describe('compactSource of a shell', () => {
  const words = fc.array(
    fc.constantFrom('rm', '/', '/tmp', 'tmp', '-rf', '"a b"', "'# a'", '$#', 'a#b', '|', '&&'),
    { minLength: 1, maxLength: 8 },
  );
  const blanks = fc.infiniteStream(fc.constantFrom(' ', '   ', '\t', ' \\\n  '));

  it('is the same whatever parts the words, and another with other words', () => {
    fc.assert(
      fc.property(words, words, blanks, blanks, (one, other, here, there) => {
        const isSame = one.join(' ') === other.join(' ');
        const codes = [codeOf(joined(one, here), 'shell'), codeOf(joined(other, there), 'shell')];
        expect(codes[0] === codes[1]).toBe(isSame);
      }),
    );
  });
});

const FRAGMENTS = [
  ...['"', "'", '`', '"""', '/', '//', '/*', '*/', '#', '--', '<!--', '-->', '\\', '\n', ' ', '  '],
  ...[
    '${',
    '#{',
    '$(',
    '}',
    ')',
    '(',
    '[',
    ']',
    '<<EOF',
    'EOF',
    '|',
    '>',
    ': ',
    '- ',
    '=',
    'r#',
    '@',
  ],
  ...['$a$', '%w[', '=begin', '=end', ',', ';', 'a', 'ENV ', '?>', '{-', '-}', '[[', 'é', '\u2028'],
];

/** Without what stands for line breaks, continued lines and wrapping. */
function ink(text: string): string {
  return Array.from(text.replace(/[\s\u007f\u0085\ufeff\\;,]/gu, ''))
    .filter((character) => character > ' ')
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
}

describe.each(NAMES)('compactSource of %s, whatever it reads', (name) => {
  const pieces = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 30 });
  const source = fc.oneof(
    pieces.map((parts) => parts.join('')),
    anyText(),
  );

  it('loses nothing: what is no comment is code', () => {
    fc.assert(
      fc.property(source, (text) => {
        const { code, comments } = compactSource(text, LANGUAGES[name]);
        expect(ink(code + comments)).toBe(ink(text));
      }),
    );
  });

  it('ends soon', () => {
    const units = [...FRAGMENTS, '=/[', '${`', '"#{"', '"$("', '|\n', '//?>', ' x /a', '<<EOF\n'];
    for (const unit of units) {
      const text = `ENV ${unit.repeat(40_000 / unit.length)}`;
      expect(codeOf(text, name).length).toBeLessThanOrEqual(text.length + 1);
    }
  });
});

it.each<LanguageName>(['javascript', 'shell', 'ruby', 'sql', 'yaml'])(
  'reads a megabyte of %s at once',
  (name) => {
    for (const unit of ['"a b" ', '=/[', '/* ', '$a$ ', 'a: |\n  b\n', '"${`', '<<EOF\n']) {
      const text = unit.repeat(1_000_000 / unit.length);
      const { code, comments } = compactSource(text, LANGUAGES[name]);
      expect(code.length + comments.length).toBeGreaterThan(0);
      expect(code.length).toBeLessThanOrEqual(text.length + 1);
    }
  },
);
