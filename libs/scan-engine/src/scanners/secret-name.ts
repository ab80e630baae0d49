const SECRET_WORDS: ReadonlySet<string> = new Set([
  'apikey',
  'auth',
  'credential',
  'credentials',
  'key',
  'passphrase',
  'passwd',
  'password',
  'passwords',
  'pwd',
  'secret',
  'secrets',
  'token',
  'tokens',
]);
/** Words after which a name speaks about a secret, or about the public half of one. */
const HARMLESS_WORDS: ReadonlySet<string> = new Set(['public', 'publishable', 'gpg', 'pub']);
const HARMLESS_ENDINGS: ReadonlySet<string> = new Set([
  'algorithm',
  'dir',
  'enabled',
  'endpoint',
  'expiry',
  'file',
  'format',
  'header',
  'host',
  'issuer',
  'length',
  'method',
  'mode',
  'name',
  'path',
  'port',
  'prefix',
  'provider',
  'required',
  'timeout',
  'ttl',
  'type',
  'url',
  'uri',
]);

/**
 * Whether a variable is named like one that holds a secret. Words count, not letters: `API_KEY` and `dbPassword` do, `MONKEY`
 * does not; nor does `TOKEN_URL`, or a public key.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || name === 'PWD' || name === 'OLDPWD') return false;
  if (words.some((word) => HARMLESS_WORDS.has(word))) return false;
  if (HARMLESS_ENDINGS.has(words.at(-1) ?? '')) return false;
  return words.some((word) => SECRET_WORDS.has(word));
}
