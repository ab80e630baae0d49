import type { Severity } from '@securescan/contracts';
import {
  hasLoginShell,
  parsePasswd,
  parseShadow,
  type Account,
  type PasswdAccount,
} from './account-files';
import * as rules from './account-rules';
import type { Audit } from './audit';

const PASSWD = '/etc/passwd';
const SHADOW = '/etc/shadow';

/** Judges the accounts, and gives them back for the checks that need their names and homes. */
export async function checkAccounts(audit: Audit): Promise<readonly PasswdAccount[]> {
  const passwd = await audit.read(PASSWD);
  const shadow = await audit.read(SHADOW);
  const accounts = passwd === null ? [] : parsePasswd(passwd);
  reportSecondRoots(audit, accounts);
  reportSharedUids(audit, accounts);
  for (const account of accounts) reportPasswd(audit, account);
  const byName = new Map(accounts.map((account) => [account.name, account]));
  for (const account of shadow === null ? [] : parseShadow(shadow)) {
    reportShadow(audit, account, byName.get(account.name) ?? null);
  }
  return accounts;
}

function reportSecondRoots(audit: Audit, accounts: readonly PasswdAccount[]): void {
  for (const { name, line } of accounts.filter(({ uid, name }) => uid === 0 && name !== 'root')) {
    audit.report(rules.secondRoot, {
      ...about(name, PASSWD, line),
      detail: `${name} has the number 0 in ${PASSWD}.`,
    });
  }
}

/** Of several accounts with a number, those after the first. Number 0 is a matter of its own. */
function reportSharedUids(audit: Audit, accounts: readonly PasswdAccount[]): void {
  const owners = new Map<number, string>();
  for (const { name, uid, line } of accounts) {
    const owner = owners.get(uid);
    if (owner === undefined) owners.set(uid, name);
    else if (uid !== 0) {
      audit.report(rules.sharedUid, {
        ...about(name, PASSWD, line),
        detail: `${name} and ${owner} both have the number ${uid} in ${PASSWD}.`,
      });
    }
  }
}

function reportPasswd(audit: Audit, account: PasswdAccount): void {
  const { name, line, password } = account;
  if (password.kind === 'empty') reportEmpty(audit, { account, path: PASSWD, entry: account });
  if (password.kind !== 'hashed') return;
  audit.report(rules.hashForEveryone, {
    ...about(name, PASSWD, line),
    detail: `It is that of ${name}.`,
  });
  reportWeakHash(audit, account, PASSWD);
}

function reportShadow(audit: Audit, entry: Account, account: PasswdAccount | null): void {
  if (entry.password.kind === 'empty') reportEmpty(audit, { account, path: SHADOW, entry });
  reportWeakHash(audit, entry, SHADOW);
}

interface EmptyPassword {
  /** What `/etc/passwd` says of it, if anything. */
  readonly account: PasswdAccount | null;
  readonly path: string;
  readonly entry: Account;
}

function reportEmpty(audit: Audit, { account, path, entry }: EmptyPassword): void {
  audit.report(rules.emptyPassword, {
    ...about(entry.name, path, entry.line),
    severity: severityOfEmpty(entry.name, account),
    detail: `The field of ${entry.name} in ${path} is empty.`,
  });
}

function severityOfEmpty(name: string, account: PasswdAccount | null): Severity {
  if (name === 'root' || account?.uid === 0) return 'critical';
  return account !== null && !hasLoginShell(account) ? 'medium' : rules.emptyPassword.severity;
}

function reportWeakHash(audit: Audit, { name, line, password }: Account, path: string): void {
  if (password.weakScheme === null) return;
  audit.report(rules.weakHashes, {
    ...about(name, path, line),
    detail: `That of ${name} in ${path} is made with ${password.weakScheme}.`,
  });
}

function about(name: string, path: string, line: number) {
  return { subject: name, name, path, line, facts: { account: name } };
}
