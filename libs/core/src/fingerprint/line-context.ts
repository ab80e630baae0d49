import { findSecrets } from '../secrets/find-secrets';
import { MASK, maskSecretsForIdentity } from '../secrets/redact';
import { compactSource } from './compact-source';
import { languageOf } from './language-of';

const MAX_LINES = 10;
/** Of a line: enough to tell generated lines apart, little enough that a file of one line cannot stall a scan. */
const MAX_LINE_CHARACTERS = 4_000;

/**
 * What the matched source lines contribute to the identity (ADR 0003): the first ten, without white space outside
 * strings and without comments, secrets replaced by kind and 16 bits of their hash. Case is kept.
 */
export function lineContext(lines: readonly string[], filePath: string): string {
  const source = lines
    .slice(0, MAX_LINES)
    .map((line) => withoutReturn(line.slice(0, MAX_LINE_CHARACTERS)))
    .join('\n');
  const { code, comments } = compactSource(source, languageOf(filePath));
  // Masked once the white space is gone: what is taken for a secret must not hang on how a line is wrapped.
  if (code === '') return maskSecretsForIdentity(collapse(comments));
  return maskSecretsForIdentity(code) + masksIn(comments);
}

/**
 * A secret in a comment is a finding too, so its mask stays although the comment goes. Redaction is too eager to ask here: it
 * takes `token: TODO` for one.
 */
function masksIn(comments: string): string {
  if (comments === '' || findSecrets(comments).length === 0) return '';
  return (maskSecretsForIdentity(comments).match(MASK) ?? []).join('');
}

/** What is left of CRLF where the lines were split at LF. */
function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Lines of comment alone: two different ones must not become the same empty text. */
function collapse(comments: string): string {
  return comments.replace(/\s+/g, ' ').trim();
}
