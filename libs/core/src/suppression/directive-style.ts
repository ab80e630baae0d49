import type { Language } from '../fingerprint/language';
import { languageOf } from '../fingerprint/language-of';
import { LANGUAGES } from '../fingerprint/languages';

/** How a comment of a line of its own is written. */
export interface CommentStyle {
  readonly open: string;
  /** Empty where the end of the line ends the comment. */
  readonly close: string;
}

const HASH: CommentStyle = { open: '#', close: '' };
const SLASHES: CommentStyle = { open: '//', close: '' };
const DASHES: CommentStyle = { open: '--', close: '' };
const BLOCK: CommentStyle = { open: '/*', close: ' */' };

/**
 * Languages of which we know enough to put a comment between two lines. Where a comment can become text that is shown, as between
 * the tags of a page, there is none.
 */
const STYLES: ReadonlyMap<Language, CommentStyle> = new Map([
  [LANGUAGES.c, SLASHES],
  [LANGUAGES.csharp, SLASHES],
  [LANGUAGES.css, BLOCK],
  [LANGUAGES.dockerfile, HASH],
  [LANGUAGES.go, SLASHES],
  [LANGUAGES.java, SLASHES],
  [LANGUAGES.javascript, SLASHES],
  [LANGUAGES.kotlin, SLASHES],
  [LANGUAGES.lua, DASHES],
  [LANGUAGES.php, SLASHES],
  [LANGUAGES.powershell, HASH],
  [LANGUAGES.properties, HASH],
  [LANGUAGES.python, HASH],
  [LANGUAGES.ruby, HASH],
  [LANGUAGES.rust, SLASHES],
  [LANGUAGES.scss, BLOCK],
  [LANGUAGES.shell, HASH],
  [LANGUAGES.sql, DASHES],
  [LANGUAGES.swift, SLASHES],
  [LANGUAGES.terraform, HASH],
  [LANGUAGES.toml, HASH],
  [LANGUAGES.yaml, HASH],
]);

/** Tags among the code; recipes, whose comments are printed; strings that we do not know; endings of two languages. */
const UNSURE_NAMES =
  /\.(?:jsx|tsx|json5|bicep|fish|m|mk|zig)$|(?:^|\/)(?:gnu)?makefile(?:\.[^/]*)?$/i;
const HEREDOC = /<<-?[ \t]*["'\\]?[A-Za-z_]/;

/** What the reader of a language does not see through: where a file has it, we do not know where a comment may stand. */
const UNSURE_TEXTS: ReadonlyMap<Language, RegExp> = new Map([
  // Elements between the tags of a page.
  [LANGUAGES.javascript, /<\/[A-Za-z>]|\/>/],
  // Text of a page before, between and behind the code.
  [LANGUAGES.php, /^(?!<\?php\s)|\?>/],
  [LANGUAGES.powershell, /@["'][ \t]*\r?$/m],
  [LANGUAGES.ruby, /^__END__\r?$/m],
  [LANGUAGES.lua, /\[=+\[/],
  [LANGUAGES.sql, /\$\w*\$|\bfrom\s+stdin\b/i],
  // The preamble of a package of C ends with the line above its import.
  [LANGUAGES.go, /^[ \t]*import[ \t]+"C"/m],
  [LANGUAGES.dockerfile, HEREDOC],
  [LANGUAGES.shell, HEREDOC],
]);

/** TypeScript has such tags in files of another name. */
const NEVER_TAGGED = /\.[mc]?ts$/i;

/** How to write a comment in the file; `null` where nobody can be sure that it stays one. */
export function commentStyleOf(filePath: string, text: string): CommentStyle | null {
  if (UNSURE_NAMES.test(filePath)) return null;
  const language = languageOf(filePath);
  const isUnsure = UNSURE_TEXTS.get(language)?.test(text) === true;
  if (isUnsure && !NEVER_TAGGED.test(filePath)) return null;
  return STYLES.get(language) ?? null;
}
