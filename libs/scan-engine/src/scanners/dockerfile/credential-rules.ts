import type { Severity } from '@securescan/contracts';
import type { DockerfileInstruction } from './dockerfile-model';
import {
  allInstructions,
  at,
  programsOf,
  type DockerfileRule,
  type RuleMatch,
  type RunningProgram,
} from './rule';
import { baseName } from '../paths';

/** Written out in an address, a header or a setting: a value with `$`, `<` or a brace stands for something else. */
const WRITTEN_OUT: readonly RegExp[] = [
  /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@$<{`'"]{0,100}:[^\s/@$<{`'"]{1,200}@[\w[]/iu,
  /\bhttps?:\/\/[\w-]{20,255}@[\w[]/u,
  /\bAuthorization: ?(?:Bearer|Basic|token) [\w.~+/=-]{8,}/iu,
  /:_(?:authToken|password|auth)=["']?[\w.~+/=-]{8,}/u,
];
const LITERAL = /^[^$<{`][^$`]*$/u;

/** Options whose value is a password, by program. */
const PASSWORD_OPTIONS: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [/^wget$/u, /^--(?:http-|ftp-|proxy-)?password$/u],
  [/^sshpass$/u, /^-p$/u],
];
/** Programs whose option `-p` is a password where they log in, and a port or a path elsewhere. */
const CLIENTS = /^(?:docker|podman|buildah|skopeo|helm|oras|az|twine)$/u;
const PASSWORD_OPTION = /^(?:-p|--password)$/u;
const CURL_USER = /^(?:-u|--user|--proxy-user)$/u;
/** A hash that nothing fits: the account is locked. */
const LOCKED = /^[!*x]{1,2}$/u;
const SECRET_MOUNT = '/run/secrets/';

const EXAMPLE_FILE = /\.(?:example|sample|template|dist|tpl|defaults?)$/iu;
const PUBLIC_HALF =
  /pub(?:lic)?[-_]?key|trust|cacerts|(?:^|[-_.])(?:pub|public|gpg|pgp|asc|release|archive|repo|apt|rpm)(?:[-_.]|$)/iu;
const KEYRING = /\/(?:apt|keyrings?|rpm-gpg|gnupg|apk\/keys)\b/u;

/** Files that hold secrets, by name. */
const SECRET_FILES: readonly (readonly [name: RegExp, severity: Severity])[] = [
  [/^\.env(?:\.[\w-]{1,40}){0,3}$/u, 'high'],
  [/^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.netrc|\.git-credentials|\.pgpass|\.htpasswd)$/u, 'high'],
  [/^(?:\.ssh|\.aws|\.kube|\.gnupg|kubeconfig|credentials\.json)$/u, 'high'],
  [/\.(?:key|p12|pfx|jks|keystore|kdbx|ppk)$/iu, 'high'],
  [/(?:key|priv)[\w-]{0,60}\.pem$/iu, 'high'],
  [/^(?:\.pypirc|\.dockercfg|service-account[\w-]{0,40}\.json)$/u, 'medium'],
];

export const credentialsInBuild: DockerfileRule = {
  id: 'DL015',
  severity: 'critical',
  title: 'A build step holds credentials',
  description:
    "Commands of RUN are part of the image's history. Everyone who can pull the image can read the password or token in them, after the file that it was used for is deleted too.",
  remediation:
    'Replace the secret, then hand it to the step with `RUN --mount=type=secret,id=…` and read it from /run/secrets.',
  cwe: 'CWE-798',
  references: ['https://docs.docker.com/build/building/secrets/'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(holdsCredentials)
      .map((program) => at(program, `${program.name} is given one.`)),
};

function holdsCredentials(program: RunningProgram): boolean {
  const { name, args, prefix } = program;
  if ([...prefix, ...args].some((word) => WRITTEN_OUT.some((form) => form.test(word)))) return true;
  if (name === 'curl' && optionValues(args, CURL_USER).some(isUserAndPassword)) return true;
  if (CLIENTS.test(name) && logsInWithPassword(args)) return true;
  return PASSWORD_OPTIONS.some(
    ([names, option]) =>
      names.test(name) && optionValues(args, option).some((value) => LITERAL.test(value)),
  );
}

function logsInWithPassword(args: readonly string[]): boolean {
  if (!args.some((word) => word === 'login' || word === 'upload')) return false;
  return optionValues(args, PASSWORD_OPTION).some((value) => LITERAL.test(value));
}

function isUserAndPassword(value: string): boolean {
  const password = value.slice(value.indexOf(':') + 1);
  return value.includes(':') && LITERAL.test(password);
}

/** What follows an option, in a word of its own or behind `=`. */
function optionValues(args: readonly string[], option: RegExp): string[] {
  return args.flatMap((word, index) => {
    const end = word.startsWith('--') ? word.indexOf('=') : -1;
    if (end !== -1) return option.test(word.slice(0, end)) ? [word.slice(end + 1)] : [];
    return option.test(word) ? [args[index + 1] ?? ''] : [];
  });
}

export const passwordInImage: DockerfileRule = {
  id: 'DL016',
  severity: 'high',
  title: 'An account of the image gets a password',
  description:
    'The password or its hash lies in the image, the same in every container, and who can pull the image can guess at it in peace. An account without a password lets everybody in.',
  remediation:
    'Leave accounts locked: services need none, and `docker exec` or `kubectl exec` opens a shell without one.',
  cwe: 'CWE-522',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  check: (model) => allInstructions(model).flatMap(checkPasswords),
};

function checkPasswords({ pipelines, ...instruction }: DockerfileInstruction): RuleMatch[] {
  return pipelines.flatMap((pipeline) => {
    const words = pipeline.flatMap((command) => command.words);
    if (words.some((word) => word.includes(SECRET_MOUNT))) return [];
    const programs = programsOf([{ ...instruction, pipelines: [pipeline] }]);
    return programs.filter(setsPassword).map((program) => at(program, `${program.name} sets it.`));
  });
}

function setsPassword({ name, args }: RunningProgram): boolean {
  if (name === 'chpasswd') return true;
  if (name === 'useradd' || name === 'usermod') {
    return optionValues(args, PASSWORD_OPTION).some((hash) => !LOCKED.test(hash));
  }
  if (name !== 'passwd') return false;
  return args.some((word) => ['-d', '--delete', '--stdin'].includes(word));
}

export const secretFile: DockerfileRule = {
  id: 'DL017',
  severity: 'high',
  title: 'A file with secrets is copied into the image',
  description:
    'Files of this name hold passwords, tokens or private keys. In the image everyone can read them who can pull it, and a later step that deletes them changes nothing: the layer stays.',
  remediation:
    'List the file in .dockerignore. For a build step, mount it with `RUN --mount=type=secret`; for the service, let the platform provide it at run time.',
  cwe: 'CWE-538',
  references: ['https://docs.docker.com/build/building/secrets/'],
  check: (model) => allInstructions(model).flatMap(checkCopied),
};

function checkCopied({ keyword, flags, words }: DockerfileInstruction): RuleMatch[] {
  if (keyword !== 'COPY' && keyword !== 'ADD') return [];
  if (flags.some((flag) => flag.startsWith('--from='))) return [];
  // The text of a here-document stands in the Dockerfile itself.
  if (words.some(({ text }) => text.startsWith('<<'))) return [];
  const target = words.at(-1)?.text ?? '';
  if (KEYRING.test(target)) return [];
  return words.slice(0, -1).flatMap(({ text, expanded, line }) => {
    const path = (expanded ?? text).replace(/\/+$/u, '');
    const name = baseName(path);
    const severity = severityOfFile(name);
    return severity === null ? [] : [{ line, severity, detail: `${keyword} takes "${name}".` }];
  });
}

function severityOfFile(name: string): Severity | null {
  if (EXAMPLE_FILE.test(name) || PUBLIC_HALF.test(name)) return null;
  return SECRET_FILES.find(([names]) => names.test(name))?.[1] ?? null;
}
