import type { PasswdAccount } from './account-files';
import { shown, type Audit } from './audit';
import { parseCrontab, programsOf } from './crontab';
import { writableCronProgram } from './permission-rules';

const SYSTEM_CRONTAB = '/etc/crontab';
const SYSTEM_DIRECTORY = '/etc/cron.d';
/** One crontab for each account, named after it: Debian's place, and that of others. */
const SPOOLS = ['/var/spool/cron/crontabs', '/var/spool/cron'];
const PERIODIC = ['hourly', 'daily', 'weekly', 'monthly'].map((period) => `/etc/cron.${period}`);
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;
/** Looking each program up takes time, and a crontab can name any number of them. */
const MAX_PROGRAMS = 5_000;

/** What makes a program writable for everyone, as a phrase. */
type Writability = string | null;

/** Programs that cron runs as root and that everyone can change. */
export async function checkCron(audit: Audit, accounts: readonly PasswdAccount[]): Promise<void> {
  const roots = new Set([
    'root',
    ...accounts.filter(({ uid }) => uid === 0).map(({ name }) => name),
  ]);
  const check = new CronCheck(audit, roots);
  await check.crontab(SYSTEM_CRONTAB, null);
  for (const name of (await audit.namesIn(SYSTEM_DIRECTORY)).filter(isCrontabName)) {
    await check.crontab(`${SYSTEM_DIRECTORY}/${name}`, null);
  }
  for (const spool of SPOOLS) {
    for (const owner of (await audit.namesIn(spool)).filter((name) => roots.has(name))) {
      await check.crontab(`${spool}/${owner}`, owner);
    }
  }
  for (const directory of PERIODIC) await check.directory(directory);
}

/** cron reads no file that an editor or a package manager keeps beside another. */
function isCrontabName(name: string): boolean {
  return !name.startsWith('.') && !/~$|\.(?:rpm(?:save|new|orig)|dpkg-\w+|bak|swp)$/u.test(name);
}

class CronCheck {
  private readonly known = new Map<string, Writability>();

  constructor(
    private readonly audit: Audit,
    private readonly roots: ReadonlySet<string>,
  ) {}

  async crontab(path: string, owner: string | null): Promise<void> {
    const text = await this.audit.read(path);
    if (text === null) return;
    for (const { line, user, command } of parseCrontab(text, owner === null)) {
      const account = owner ?? user ?? '';
      if (!this.roots.has(account)) continue;
      for (const program of programsOf(command)) {
        await this.program(program, { path, line, account });
      }
    }
  }

  /** Scripts that `run-parts` starts as root. */
  async directory(directory: string): Promise<void> {
    for (const name of await this.audit.namesIn(directory)) {
      const path = `${directory}/${name}`;
      await this.program(path, { path: directory, account: 'root' });
    }
  }

  private async program(
    program: string,
    from: { readonly path: string; readonly line?: number; readonly account: string },
  ): Promise<void> {
    const writability = await this.writability(program);
    if (writability === null) return;
    const { path, line, account } = from;
    const name = shown(program);
    const place = line === undefined ? path : `${path}, line ${line}`;
    this.audit.report(writableCronProgram, {
      subject: `${account} ${program}`,
      name,
      path: line === undefined ? program : path,
      ...(line === undefined ? {} : { line }),
      detail: `From ${place} cron runs ${name} as ${account}, and ${writability}.`,
      facts: { program: name, account },
    });
  }

  private async writability(program: string): Promise<Writability> {
    const known = this.known.get(program);
    if (known !== undefined) return known;
    if (this.known.size >= MAX_PROGRAMS) {
      this.audit.noteCut(`only the first ${MAX_PROGRAMS} programs that cron runs were looked at`);
      return null;
    }
    const writability = await this.whyWritable(program);
    this.known.set(program, writability);
    return writability;
  }

  private async whyWritable(program: string): Promise<Writability> {
    const entry = await this.audit.stat(program);
    if (entry?.kind !== 'file') return null;
    if ((entry.mode & OTHERS_WRITE) !== 0) return 'everyone may write it';
    for (let end = program.lastIndexOf('/'); end > 0; end = program.lastIndexOf('/', end - 1)) {
      const directory = program.slice(0, end);
      const mode = (await this.audit.stat(directory))?.mode ?? 0;
      if ((mode & OTHERS_WRITE) !== 0 && (mode & STICKY) === 0) {
        return `everyone may replace what is in ${shown(directory)}`;
      }
    }
    return null;
  }
}
