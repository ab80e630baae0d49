import { defineLanguage } from './language';
import type { Comment, LanguageRules, Literal } from './language';

// What is known of each language, as data. `compact-source.ts` reads with it.

const HASH: Comment = { open: '#', close: null, place: 'anywhere' };
const HASH_WORD: Comment = { ...HASH, place: 'word' };
const SLASHES: Comment = { open: '//', close: null, place: 'anywhere' };
const BLOCK: Comment = { open: '/*', close: '*/', place: 'anywhere' };
const DASHES: Comment = { open: '--', close: null, place: 'anywhere' };
const MARKUP_COMMENT: Comment = { open: '<!--', close: '-->', place: 'anywhere' };

const LITERAL: Omit<Literal, 'first' | 'open' | 'close'> = {
  place: 'anywhere',
  escapes: true,
  doubles: false,
  spansLines: false,
  interpolation: null,
};
const RAW = { escapes: false } as const;
const LONG = { spansLines: true } as const;

function quoted(quote: string, changes: Partial<Literal> = {}): Literal {
  return { ...LITERAL, first: quote.charAt(0), open: quote, close: quote, ...changes };
}

/** What a pattern matches from end to end. */
function matched(open: RegExp, first: string, changes: Partial<Literal> = {}): Literal {
  return { ...LITERAL, first, open, close: null, ...changes };
}

const DOUBLE = quoted('"');
const SINGLE = quoted("'");
const TRIPLE_DOUBLE = quoted('"""', LONG);
const TRIPLE_SINGLE = quoted("'''", LONG);
/** One character; otherwise it is a lifetime, a digit separator or the like. */
const CHARACTER = matched(/'(?:\\[^\n]{1,10}?|[^'\\\n])'/y, "'");
const REGEX = matched(
  /\/(?![*/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,400}\]|[^/\\[\n]){1,1000}\//y,
  '/',
  { place: 'expression' },
);
const HASHES_BEFORE = { prefix: /(?:b|c)?r#{1,20}$/, escapes: false, ...LONG } as const;
const asManyHashes = (opening: string): string => `"${'#'.repeat(opening.split('#').length - 1)}`;

const CODE: LanguageRules = {
  comments: [],
  literals: [],
  heredoc: null,
  hasBlockScalars: false,
  isWordBased: false,
  lineBreak: '',
  apart: ['++', '--', '&&', '""', "''", '!='],
  signs: '',
  escapesCode: false,
  continues: 'lines',
  textLines: null,
  leavesCode: null,
};
const WORDS: LanguageRules = {
  ...CODE,
  literals: [
    quoted('"', { place: 'outside-word' }),
    quoted("'", { ...RAW, place: 'outside-word' }),
  ],
  isWordBased: true,
};

const C: LanguageRules = {
  ...CODE,
  comments: [SLASHES, BLOCK],
  literals: [
    quoted('"', {
      ...RAW,
      ...LONG,
      open: /"[^\s()\\"]{0,16}\(/y,
      prefix: /(?:^|\W)(?:u8|[uUL])?R$/,
      close: (opening) => `)${opening.slice(opening.indexOf('"') + 1, -1)}"`,
    }),
    DOUBLE,
    CHARACTER,
  ],
};
const RUST: LanguageRules = {
  ...C,
  literals: [
    quoted('"', { ...HASHES_BEFORE, close: asManyHashes }),
    quoted('"', { ...RAW, ...LONG, prefix: /(?:^|\W)[bc]?r$/ }),
    quoted('"', LONG),
    CHARACTER,
  ],
};
const SWIFT: LanguageRules = {
  ...C,
  literals: [
    quoted('"', { ...RAW, ...LONG, prefix: /#{1,20}$/, close: asManyHashes }),
    quoted('"""', { ...LONG, interpolation: '\\(' }),
    quoted('"', { interpolation: '\\(' }),
  ],
};
const CSHARP: LanguageRules = {
  ...C,
  literals: [
    quoted('"""', { ...RAW, ...LONG }),
    quoted('"', { ...RAW, ...LONG, prefix: /@\$?$|\$@$/, doubles: true }),
    DOUBLE,
    CHARACTER,
  ],
};
const GO: LanguageRules = {
  ...C,
  literals: [DOUBLE, CHARACTER, quoted('`', { ...RAW, ...LONG })],
  // `c <- v` sends, `c < -v` compares.
  apart: [...CODE.apart, '<-'],
};
const JAVA: LanguageRules = { ...C, literals: [TRIPLE_DOUBLE, DOUBLE, CHARACTER] };
const KOTLIN: LanguageRules = {
  ...C,
  literals: [
    quoted('"""', { ...RAW, ...LONG, interpolation: '${' }),
    quoted('"', { interpolation: '${' }),
    CHARACTER,
  ],
};
const GROOVY: LanguageRules = {
  ...C,
  literals: [
    quoted('"""', { ...LONG, interpolation: '${' }),
    TRIPLE_SINGLE,
    quoted('"', { interpolation: '${' }),
    SINGLE,
    REGEX,
  ],
};
const TEMPLATE = quoted('`', { ...LONG, interpolation: '${' });
const JAVASCRIPT: LanguageRules = {
  ...C,
  literals: [DOUBLE, quoted("'", { place: 'outside-word' }), TEMPLATE, REGEX],
};
const ATTRIBUTES: readonly Literal[] = [
  quoted('"', { ...RAW, ...LONG, place: 'after-equals' }),
  quoted("'", { ...RAW, ...LONG, place: 'after-equals' }),
];
const COMPONENT: LanguageRules = {
  ...JAVASCRIPT,
  comments: [...JAVASCRIPT.comments, MARKUP_COMMENT],
  literals: [...ATTRIBUTES, ...JAVASCRIPT.literals],
};
const JSON_TEXT: LanguageRules = { ...CODE, comments: [SLASHES, BLOCK], literals: [DOUBLE] };
const PHP: LanguageRules = {
  ...C,
  comments: [SLASHES, { ...HASH_WORD, unless: '#[' }, BLOCK, MARKUP_COMMENT],
  literals: [
    quoted('"', { ...LONG, interpolation: '{$' }),
    quoted("'", { ...LONG, place: 'outside-word' }),
    quoted('`', LONG),
  ],
  heredoc: /<<<[ \t]{0,9}(["']?)(?<word>[A-Za-z_]\w{0,99})\1/y,
  leavesCode: '?>',
};
const PYTHON: LanguageRules = {
  ...CODE,
  comments: [HASH],
  literals: [TRIPLE_DOUBLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
};
const TOML: LanguageRules = {
  ...CODE,
  comments: [HASH],
  literals: [TRIPLE_DOUBLE, quoted("'''", { ...RAW, ...LONG }), DOUBLE, quoted("'", RAW)],
};
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['<', '>'],
]);
const RUBY: LanguageRules = {
  ...CODE,
  comments: [HASH, { open: '=begin', close: '\n=end', place: 'line' }],
  literals: [
    quoted('"', { ...LONG, interpolation: '#{' }),
    quoted("'", LONG),
    quoted('`', { ...LONG, interpolation: '#{' }),
    quoted('%', {
      ...LONG,
      open: /%[wWiIqQrsx]?[([{<|!]/y,
      close: (opening) => CLOSING.get(opening.slice(-1)) ?? opening.slice(-1),
      place: 'argument',
    }),
    { ...REGEX, place: 'argument' },
  ],
  heredoc: /<<(?=[-~"'`A-Z_])[-~]?(["'`]?)(?<word>[A-Za-z_]\w{0,99})\1/y,
  // `f -1` calls f, `f - 1` subtracts.
  signs: '+-*&[:',
};
const PERL: LanguageRules = {
  ...RUBY,
  comments: [HASH_WORD],
  literals: [quoted('"', LONG), quoted("'", LONG), quoted('`', LONG), REGEX],
};
const ELIXIR: LanguageRules = {
  ...RUBY,
  comments: [HASH],
  literals: [
    quoted('"""', { ...LONG, interpolation: '#{' }),
    quoted('"', { ...LONG, interpolation: '#{' }),
    quoted("'", LONG),
  ],
  heredoc: null,
};
const R: LanguageRules = { ...PYTHON, literals: [DOUBLE, SINGLE], apart: GO.apart };
const TERRAFORM: LanguageRules = {
  ...CODE,
  comments: [HASH, SLASHES, BLOCK],
  literals: [quoted('"', { interpolation: '${' })],
  heredoc: /<<-?(?<word>[A-Za-z_]\w{0,99})/y,
};
const SHELL: LanguageRules = {
  ...WORDS,
  comments: [HASH_WORD],
  literals: [
    quoted('"', { ...LONG, interpolation: '$(' }),
    quoted("'", { ...LONG, prefix: /\$$/ }),
    quoted("'", { ...RAW, ...LONG }),
  ],
  heredoc: /<<[-~]?[ \t]{0,9}(["']?)\\?(?<word>[A-Z_]\w{0,99}|eo[a-z]\b)\1/y,
  lineBreak: ';',
  escapesCode: true,
};
const CMAKE: LanguageRules = { ...SHELL, lineBreak: '', heredoc: null };
const POWERSHELL: LanguageRules = {
  ...WORDS,
  comments: [{ open: '<#', close: '#>', place: 'anywhere' }, HASH_WORD],
  literals: [quoted('"', { ...RAW, ...LONG }), quoted("'", { ...RAW, ...LONG })],
  lineBreak: ';',
};
const DOCKERFILE: LanguageRules = {
  ...SHELL,
  lineBreak: '\n',
  continues: 'over-comments',
  textLines: /[ \t]{0,200}(?:env|label|arg|maintainer)[ \t]/iy,
};
const YAML: LanguageRules = {
  ...WORDS,
  comments: [HASH_WORD],
  literals: [
    quoted('"', { ...LONG, place: 'outside-word' }),
    quoted("'", { ...RAW, ...LONG, place: 'outside-word' }),
  ],
  hasBlockScalars: true,
  continues: 'never',
};
const CONF: LanguageRules = { ...WORDS, comments: [HASH_WORD] };
const INI: LanguageRules = {
  ...WORDS,
  comments: [HASH_WORD, { open: ';', close: null, place: 'word' }],
  lineBreak: '\n',
  continues: 'never',
};
const PROPERTIES: LanguageRules = {
  ...WORDS,
  comments: [
    { ...HASH, place: 'line' },
    { open: '!', close: null, place: 'line' },
  ],
  literals: [],
  lineBreak: '\n',
  escapesCode: true,
};
const SQL: LanguageRules = {
  ...CODE,
  comments: [DASHES, BLOCK, { open: '# ', close: null, place: 'statement' }],
  literals: [
    quoted("'", { ...LONG, prefix: /(?:^|\W)[eE]$/, doubles: true }),
    quoted("'", { ...RAW, ...LONG, doubles: true }),
    quoted('"', { ...RAW, ...LONG, doubles: true }),
    quoted('`', { ...RAW, ...LONG, doubles: true }),
    // One that spans lines holds the body of a function: code like any other.
    matched(/\$(?<tag>[A-Za-z_]?\w{0,60})\$[^\n]{0,4000}?\$\k<tag>\$/y, '$'),
  ],
};
const LUA: LanguageRules = {
  ...CODE,
  comments: [{ open: '--[[', close: ']]', place: 'anywhere' }, DASHES],
  literals: [DOUBLE, SINGLE, quoted('[[', { ...RAW, ...LONG, close: ']]' })],
};
const HASKELL: LanguageRules = {
  ...CODE,
  comments: [{ open: '{-', close: '-}', place: 'anywhere' }, DASHES],
  literals: [DOUBLE, CHARACTER],
};
const LISP: LanguageRules = {
  ...WORDS,
  comments: [{ open: ';', close: null, place: 'anywhere' }],
  literals: [quoted('"', LONG)],
};
const CSS: LanguageRules = {
  ...CODE,
  comments: [BLOCK],
  literals: [DOUBLE, SINGLE],
  // `.a .b` is within, `.a.b` is both.
  signs: '.#:[*-+&',
};
const SCSS: LanguageRules = { ...CSS, comments: [BLOCK, { ...SLASHES, place: 'statement' }] };
const MARKUP: LanguageRules = {
  ...CODE,
  comments: [MARKUP_COMMENT],
  literals: ATTRIBUTES,
  continues: 'never',
  // Of text: `curl -u`.
  signs: '-',
};
const MARKDOWN: LanguageRules = {
  ...WORDS,
  comments: [MARKUP_COMMENT],
  literals: [],
  continues: 'never',
};
/** With the scripts and styles that stand within it. */
const HTML: LanguageRules = {
  ...MARKUP,
  comments: [MARKUP_COMMENT, { ...SLASHES, place: 'statement' }, { ...BLOCK, place: 'statement' }],
  literals: [
    ...ATTRIBUTES,
    matched(/"[^"\n]{0,4000}"/y, '"', { place: 'expression' }),
    matched(/'[^'\n]{0,4000}'/y, "'", { place: 'expression' }),
  ],
};

export const LANGUAGES = {
  unknown: defineLanguage(WORDS),
  c: defineLanguage(C),
  cmake: defineLanguage(CMAKE),
  component: defineLanguage(COMPONENT),
  conf: defineLanguage(CONF),
  csharp: defineLanguage(CSHARP),
  css: defineLanguage(CSS),
  dockerfile: defineLanguage(DOCKERFILE),
  elixir: defineLanguage(ELIXIR),
  go: defineLanguage(GO),
  groovy: defineLanguage(GROOVY),
  haskell: defineLanguage(HASKELL),
  html: defineLanguage(HTML),
  ini: defineLanguage(INI),
  java: defineLanguage(JAVA),
  javascript: defineLanguage(JAVASCRIPT),
  json: defineLanguage(JSON_TEXT),
  kotlin: defineLanguage(KOTLIN),
  lisp: defineLanguage(LISP),
  lua: defineLanguage(LUA),
  markdown: defineLanguage(MARKDOWN),
  markup: defineLanguage(MARKUP),
  perl: defineLanguage(PERL),
  php: defineLanguage(PHP),
  powershell: defineLanguage(POWERSHELL),
  properties: defineLanguage(PROPERTIES),
  python: defineLanguage(PYTHON),
  r: defineLanguage(R),
  ruby: defineLanguage(RUBY),
  rust: defineLanguage(RUST),
  scss: defineLanguage(SCSS),
  shell: defineLanguage(SHELL),
  sql: defineLanguage(SQL),
  swift: defineLanguage(SWIFT),
  terraform: defineLanguage(TERRAFORM),
  toml: defineLanguage(TOML),
  yaml: defineLanguage(YAML),
} as const;
