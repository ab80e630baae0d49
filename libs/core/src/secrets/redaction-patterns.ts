import { ASSIGN, QUOTE } from './pattern-parts';
import type { SecretPattern } from './secret-pattern';

const NAMES = String.raw`(?:secret|passwd|password|passphrase|pwd)[\w-]{0,20}`;
const ALL_NAMES = String.raw`(?:secret|passwd|password|passphrase|pwd|token|api[-_ ]?key|credentials?)[\w-]{0,20}`;

const PASSWORD_HINTS = ['secret', 'passwd', 'password', 'passphrase', 'pwd'];
const KEY_HINTS = ['apikey', 'api_key', 'api-key', 'api key'];

function redaction(
  id: string,
  name: string,
  hints: readonly string[],
  expression: RegExp,
): SecretPattern {
  return { id, name, severity: 'info', description: name, check: 'password', hints, expression };
}

/**
 * Too eager to report, right for hiding: it costs little to show one word less, and much to show a password. Bounded
 * like the patterns that are reported.
 */
export const REDACTION_PATTERNS: readonly SecretPattern[] = [
  redaction(
    'generic-secret',
    'A quoted text of any length beside a word for password',
    PASSWORD_HINTS,
    new RegExp(
      String.raw`${NAMES}${ASSIGN}(?<quote>${QUOTE})(?<value>[^"'\x60\n]{1,512})\k<quote>`,
      'dgi',
    ),
  ),
  redaction(
    'generic-secret',
    'A bare value at the end of a line, as in YAML',
    [...PASSWORD_HINTS, ...KEY_HINTS, 'token', 'credential'],
    new RegExp(
      String.raw`${ALL_NAMES}["']?[ \t]{0,20}[:=][ \t]{0,20}(?<value>[^\s"'\x60,;(){}[\]<>]{4,512})[ \t]{0,20}(?=$|#)`,
      'dgim',
    ),
  ),
  redaction(
    'env-value',
    'The value of a variable whose name says that it is secret',
    ['SECRET', 'PASSWD', 'PASSWORD', 'PASSPHRASE', 'PWD', 'TOKEN', 'KEY', 'AUTH', 'CREDENTIAL'],
    /(?<![A-Za-z0-9])[A-Z0-9_]{0,60}(?:SECRET|PASSWD|PASSWORD|PASSPHRASE|PWD|TOKEN|KEY|AUTH(?!OR)|CREDENTIAL)[A-Z0-9_]{0,60}[ \t]{0,8}[=:][ \t]{0,8}["'`]?(?<value>[^\s"'`]{4,512})/dg,
  ),
  redaction(
    'command-line-secret',
    'The value of an option',
    ['password', 'passwd', 'secret', 'token', 'apikey', 'api-key'],
    /--(?:[a-z]{1,20}-)?(?:password|passwd|secret|token|api-?key)(?:=|[ \t]{1,8})["'`]?(?<value>[^\s"'`]{3,512})/dgi,
  ),
  redaction(
    'command-line-secret',
    'User and password of an option',
    ['-u ', '-u=', '-u\t', '--user'],
    /(?<![\w-])(?:-u|--user)(?:=|[ \t]{1,8})["'`]?[\w.@+-]{1,64}:(?<value>[^\s"'`]{3,256})/dg,
  ),
  redaction(
    'basic-credentials',
    'User and password of an HTTP header',
    ['basic ', 'basic\t'],
    /(?<![A-Za-z])basic[ \t]{1,8}(?<value>[A-Za-z0-9+/]{12,1000}={0,2})/dgi,
  ),
];
