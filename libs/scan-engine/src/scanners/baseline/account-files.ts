/** An entry of `/etc/passwd`, `/etc/shadow`: what can be told without a part of any secret. */
export interface PasswordField {
  readonly kind: 'empty' | 'elsewhere' | 'locked' | 'hashed';
  /** For a hash: what it was made with, where that is no good. */
  readonly weakScheme: string | null;
}

export interface Account {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly password: PasswordField;
}

export interface PasswdAccount extends Account {
  readonly uid: number;
  readonly home: string;
  readonly shell: string;
}

/** What tools that make accounts accept. A line with anything else in this place may hold a hash there. */
const NAME = /^[A-Za-z_][\w.@-]{0,63}\$?$/u;
const DES = /^[./0-9A-Za-z]{13}$/u;
const WEAK_SCHEMES: readonly (readonly [prefix: string, scheme: string])[] = [
  ['$1$', 'MD5'],
  ['$apr1$', 'MD5'],
  ['$md5', 'MD5'],
  ['$3$', 'NT'],
  ['_', 'DES'],
];

/** Entries of `/etc/passwd`. Pure, and takes any text; lines of another form are left out. */
export function parsePasswd(text: string): PasswdAccount[] {
  return entries(text).flatMap(({ fields, ...entry }) => {
    const [, , uid = '', , , home = '', shell = ''] = fields;
    if (fields.length !== 7 || !/^\d{1,10}$/u.test(uid)) return [];
    return [{ ...entry, uid: Number(uid), home, shell }];
  });
}

/** Entries of `/etc/shadow`; the same. */
export function parseShadow(text: string): Account[] {
  return entries(text).flatMap(({ fields, ...entry }) =>
    fields.length >= 2 && fields.length <= 9 ? [entry] : [],
  );
}

function entries(text: string): (Account & { readonly fields: readonly string[] })[] {
  return text.split('\n').flatMap((content, index) => {
    const fields = content.replace(/\r$/u, '').split(':', 10);
    const [name = '', password = ''] = fields;
    if (!NAME.test(name) || fields.length < 2) return [];
    return [{ name, line: index + 1, password: passwordField(password), fields }];
  });
}

function passwordField(field: string): PasswordField {
  if (field === '') return { kind: 'empty', weakScheme: null };
  if (field === 'x') return { kind: 'elsewhere', weakScheme: null };
  if (/^[!*]/u.test(field)) return { kind: 'locked', weakScheme: null };
  return { kind: 'hashed', weakScheme: weakScheme(field) };
}

function weakScheme(hash: string): string | null {
  if (DES.test(hash)) return 'DES';
  return WEAK_SCHEMES.find(([prefix]) => hash.startsWith(prefix))?.[1] ?? null;
}

/** Whether somebody can work with the account; without a shell named, it is `/bin/sh`. */
export function hasLoginShell({ shell }: PasswdAccount): boolean {
  return !/\/(?:nologin|false|sync|shutdown|halt)$/u.test(shell);
}
