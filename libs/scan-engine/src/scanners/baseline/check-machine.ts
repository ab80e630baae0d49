import { compareCodePoints } from '@securescan/core';
import { shown, type Audit } from './audit';
import { isEveryAddress, parseNetstat, parseSs, type Listener } from './listening-sockets';
import { openPort, otherUpdates, secretInEnvironment, securityUpdates } from './machine-rules';
import { parseApk, parseApt, parseDnf, type PendingUpdates } from './pending-updates';

/** What a server is there to offer. */
const EXPECTED_PORTS: ReadonlySet<number> = new Set([22, 53, 80, 443, 8080, 8443]);
const PACKAGE_TIME_LIMIT_MS = 30_000;
const MAX_EXAMPLES = 20;

/** Services that every network reaches, one finding for each port. */
export async function checkPorts(audit: Audit): Promise<void> {
  const listeners = await askForListeners(audit);
  if (listeners === null) {
    audit.note('Which ports are open could not be asked: neither ss nor netstat answered');
    return;
  }
  const open = listeners.filter(isEveryAddress);
  for (const port of new Set(open.map((listener) => listener.port))) {
    if (EXPECTED_PORTS.has(port)) continue;
    const sockets = open.filter((listener) => listener.port === port);
    const addresses = [...new Set(sockets.map(({ address }) => address))];
    const program = sockets.find((socket) => socket.program !== null)?.program ?? null;
    const who = program === null ? 'A service' : shown(program);
    audit.report(openPort, {
      subject: `${port}/tcp`,
      name: program === null ? `port ${port}` : `port ${port}, ${who}`,
      detail: `${who} listens on port ${port} of ${addresses.join(' and ')}.`,
      facts: { port, protocol: 'tcp', addresses, program },
    });
  }
}

async function askForListeners(audit: Audit): Promise<readonly Listener[] | null> {
  const ss = await audit.ask('ss', ['-H', '-tlnp']);
  if (ss.kind === 'output' && ss.exitCode === 0) return parseSs(ss.stdout);
  const netstat = await audit.ask('netstat', ['-tlnp']);
  if (netstat.kind === 'output' && netstat.exitCode === 0) return parseNetstat(netstat.stdout);
  return null;
}

/** Updates that the machine's package manager knows of. It is asked for what it knows, and fetches nothing. */
export async function checkUpdates(audit: Audit): Promise<void> {
  for (const ask of [askApt, askDnf, askApk]) {
    const answer = await ask(audit);
    if (answer === 'absent') continue;
    if (answer === 'trouble') {
      audit.note('Whether updates are waiting is not known: the package manager gave no answer');
    } else {
      reportUpdates(audit, answer);
    }
    return;
  }
  audit.note('Whether updates are waiting is not known: there is no apt, dnf or apk');
}

type UpdateAnswer = (PendingUpdates & { readonly manager: string }) | 'absent' | 'trouble';

async function askApt(audit: Audit): Promise<UpdateAnswer> {
  const answer = await audit.ask('apt', ['list', '--upgradable'], PACKAGE_TIME_LIMIT_MS);
  if (answer.kind !== 'output') return answer.kind;
  if (answer.exitCode !== 0) return 'trouble';
  return { manager: 'apt', ...parseApt(answer.stdout) };
}

/** The exit code of `dnf check-update` that means that there are some. */
const HAS_UPDATES = 100;

async function askDnf(audit: Audit): Promise<UpdateAnswer> {
  const args = ['--quiet', '--cacheonly', 'check-update'];
  const all = await audit.ask('dnf', args, PACKAGE_TIME_LIMIT_MS);
  if (all.kind !== 'output') return all.kind;
  if (all.exitCode !== 0 && all.exitCode !== HAS_UPDATES) return 'trouble';
  const marked = await audit.ask('dnf', [...args, '--security'], PACKAGE_TIME_LIMIT_MS);
  const hasSecurity = marked.kind === 'output' && marked.exitCode === HAS_UPDATES;
  const security = hasSecurity ? parseDnf(marked.stdout) : [];
  const others = parseDnf(all.stdout).filter((name) => !security.includes(name));
  return { manager: 'dnf', security, others };
}

async function askApk(audit: Audit): Promise<UpdateAnswer> {
  const args = ['--no-network', 'version', '-l', '<'];
  const answer = await audit.ask('apk', args, PACKAGE_TIME_LIMIT_MS);
  if (answer.kind !== 'output') return answer.kind;
  if (answer.exitCode !== 0) return 'trouble';
  // Alpine does not mark what an update is for.
  return { manager: 'apk', security: [], others: parseApk(answer.stdout) };
}

function reportUpdates(
  audit: Audit,
  { manager, security, others }: PendingUpdates & { readonly manager: string },
): void {
  const packages = security.length > 0 ? security : others;
  if (packages.length === 0) return;
  const examples = packages.slice(0, MAX_EXAMPLES);
  const more = packages.length - examples.length;
  audit.report(security.length > 0 ? securityUpdates : otherUpdates, {
    subject: manager,
    detail: `${manager} knows of ${packages.length}: ${examples.join(', ')}${more > 0 ? ' …' : ''}`,
    facts: { package_manager: manager, packages: examples, count: packages.length },
  });
}

const OWN_ENVIRONMENT = '/proc/self/environ';
const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]{0,127})=([^]*)$/u;
const SECRET_NAME = /API_?KEY|SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_?KEY|CREDENTIALS?/u;
/** Where a secret is, how long it may be, how it is made: not the secret. */
const ABOUT_A_SECRET =
  /_(?:FILE|PATH|DIR|URL|URI|ENDPOINT|HOST|NAME|TTL|TIMEOUT|LENGTH|TYPE|ALGORITHM|PROVIDER)$/u;
const MIN_VALUE_CHARACTERS = 4;

/** Names of variables that the scan itself was started with. Of the values only the length is looked at. */
export async function checkEnvironment(audit: Audit): Promise<void> {
  const text = await audit.read(OWN_ENVIRONMENT);
  if (text === null) {
    audit.note('The environment could not be read');
    return;
  }
  for (const name of secretNames(text)) {
    audit.report(secretInEnvironment, {
      subject: name,
      name,
      detail: `It is ${name}, and SecureScan itself runs with it. Its value was not kept.`,
      facts: { variable: name },
    });
  }
}

/** Of an environment as Linux shows it, each variable ended by a zero. Pure, and takes any text. */
export function secretNames(environment: string): string[] {
  const names = environment.split('\0').flatMap((entry) => {
    const [, name = '', value = ''] = VARIABLE.exec(entry) ?? [];
    const upper = name.toUpperCase();
    const isSecret = SECRET_NAME.test(upper) && !ABOUT_A_SECRET.test(upper);
    return isSecret && value.length >= MIN_VALUE_CHARACTERS ? [name] : [];
  });
  return [...new Set(names)].sort(compareCodePoints);
}
