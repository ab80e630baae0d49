/** What the tokenizer must know of a language to tell strings and comments from code. */
export interface Language {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  /** Characters that open a string and close it. */
  readonly quotes: string;
  /** `"""` and `'''` open strings that span lines. */
  readonly hasTripleQuotes: boolean;
  /** A backtick string spans lines. */
  readonly hasTemplates: boolean;
  /** `'` holds one character; otherwise it is a lifetime, a digit separator or the like. */
  readonly hasCharLiterals: boolean;
  readonly hasRegexLiterals: boolean;
  /** Words matter: a line comment or a string begins only at the start of a word, and white space parts words. */
  readonly isWordBased: boolean;
  /** No backslash escapes within single quotes. */
  readonly hasRawSingleQuotes: boolean;
}

/** Of files whose name says nothing: neither comments nor strings. */
export const PLAIN: Language = {
  lineComments: [],
  blockComments: [],
  quotes: '',
  hasTripleQuotes: false,
  hasTemplates: false,
  hasCharLiterals: false,
  hasRegexLiterals: false,
  isWordBased: false,
  hasRawSingleQuotes: false,
};

/** What may begin a comment in a file whose name says nothing, for whoever looks for comments alone. */
export const UNKNOWN_COMMENTS: Language = {
  ...PLAIN,
  lineComments: ['#', '//', '--'],
  isWordBased: true,
};

const C_COMMENT = ['/*', '*/'] as const;
const MARKUP_COMMENT = ['<!--', '-->'] as const;

const C: Language = {
  ...PLAIN,
  lineComments: ['//'],
  blockComments: [C_COMMENT],
  quotes: '"',
  hasCharLiterals: true,
};
const JAVASCRIPT: Language = {
  ...C,
  quotes: '"\'',
  hasCharLiterals: false,
  hasTemplates: true,
  hasRegexLiterals: true,
};
const JVM: Language = { ...C, hasTripleQuotes: true };
const GROOVY: Language = {
  ...C,
  quotes: '"\'',
  hasCharLiterals: false,
  hasTripleQuotes: true,
};
const GO: Language = { ...C, hasTemplates: true };
const PHP: Language = { ...C, lineComments: ['//', '#'], quotes: '"\'', hasCharLiterals: false };
const COMPONENT: Language = { ...JAVASCRIPT, blockComments: [C_COMMENT, MARKUP_COMMENT] };
const CSS: Language = { ...PLAIN, blockComments: [C_COMMENT], quotes: '"\'' };
const PYTHON: Language = { ...PLAIN, lineComments: ['#'], quotes: '"\'', hasTripleQuotes: true };
const RUBY: Language = { ...PLAIN, lineComments: ['#'], quotes: '"\'' };
const TERRAFORM: Language = {
  ...PLAIN,
  lineComments: ['#', '//'],
  blockComments: [C_COMMENT],
  quotes: '"',
};
const SHELL: Language = {
  ...PLAIN,
  lineComments: ['#'],
  quotes: '"\'',
  isWordBased: true,
  hasRawSingleQuotes: true,
};
const INI: Language = { ...SHELL, lineComments: ['#', ';'] };
const SQL: Language = {
  ...PLAIN,
  lineComments: ['--'],
  blockComments: [C_COMMENT],
  quotes: '"\'',
  hasRawSingleQuotes: true,
};
const DASHED: Language = { ...PLAIN, lineComments: ['--'], quotes: '"' };
const MARKUP: Language = { ...PLAIN, blockComments: [MARKUP_COMMENT] };

const BY_ENDING: ReadonlyMap<string, Language> = new Map(
  (
    [
      ['js mjs cjs jsx ts mts cts tsx json jsonc json5', JAVASCRIPT],
      ['java kt kts scala swift', JVM],
      ['groovy gradle dart', GROOVY],
      ['c h cc cpp cxx hh hpp cs rs m mm proto', C],
      ['go', GO],
      ['php', PHP],
      ['vue svelte astro', COMPONENT],
      ['css scss less', CSS],
      ['py pyi pyw toml', PYTHON],
      ['rb rake gemspec r', RUBY],
      ['tf tfvars hcl', TERRAFORM],
      ['sh bash zsh ksh fish yml yaml env pl pm mk cmake dockerfile containerfile conf', SHELL],
      ['ini cfg properties', INI],
      ['sql', SQL],
      ['lua hs elm ada adb ads', DASHED],
      ['html htm xhtml xml svg xsl xslt xsd csproj md markdown', MARKUP],
    ] satisfies [string, Language][]
  ).flatMap(([endings, language]) =>
    endings.split(' ').map((ending) => [ending, language] as const),
  ),
);

/** Files whose name, up to the first dot, says what they are. */
const BY_NAME: ReadonlyMap<string, Language> = new Map([
  ['dockerfile', SHELL],
  ['containerfile', SHELL],
  ['makefile', SHELL],
  ['gnumakefile', SHELL],
  ['rakefile', RUBY],
  ['gemfile', RUBY],
  ['jenkinsfile', GROOVY],
  ['env', SHELL],
]);

/** The language of a file by its name; one without comments and strings where the name says nothing. */
export function languageOf(filePath: string): Language {
  const name = filePath.slice(filePath.lastIndexOf('/') + 1).toLowerCase();
  const stem = name.startsWith('.') ? name.slice(1) : name;
  const firstDot = stem.indexOf('.');
  const known = BY_NAME.get(firstDot === -1 ? stem : stem.slice(0, firstDot));
  if (known !== undefined) return known;
  return BY_ENDING.get(stem.slice(stem.lastIndexOf('.') + 1)) ?? PLAIN;
}
