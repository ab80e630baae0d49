import type { Severity } from '@securescan/contracts';
import type { DockerfileInstruction, DockerfileModel } from './dockerfile-model';
import { assignmentsOf, type Program } from './program-of';
import {
  allInstructions,
  at,
  programsOf,
  type DockerfileRule,
  type RuleMatch,
  type RunningProgram,
} from './rule';

/** Options of curl of one letter that take the rest of their word as a value. */
const CURL_VALUED = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';
const FALSE = '(?:false|0|no|off|none)';
/** `name=false` and `name false`, as package managers and git take their settings. */
const SETTING_OFF = new RegExp(
  `(?:^|[\\s.=:_-])(?:strict-ssl|sslverify|ssl_verify|verify-peer|verify-host)["']?[= ]["']?${FALSE}\\b`,
  'iu',
);
const MAKES_SETTINGS: ReadonlySet<string> = new Set([
  ...['npm', 'pnpm', 'yarn', 'git', 'conda', 'mamba', 'apt', 'apt-get', 'yum', 'dnf', 'microdnf'],
  ...['tdnf', 'yum-config-manager', 'echo', 'printf'],
]);
const NO_CHECK = /^--(?:insecure-skip-tls-verify|no-strict-ssl)(?:=true)?$/u;
const PIP = /^(?:pip[\d.]*|python[\d.]*|pipenv|uv)$/u;
const LOOPBACK = /^(?:localhost|127\.|\[?::1|0\.0\.0\.0|host\.docker\.internal)/iu;
const PLAIN =
  /^(?:--(?!\w{0,20}proxy)[\w-]{1,40}=)?(?:git\+)?(?:http|git|ftp):\/\/(?<host>[^/\s]{1,260})/iu;
const FETCHERS = /^(?:curl|wget|git|pip[\d.]*|npm|pnpm|yarn|gem|go|aria2c|svn)$/u;
/** What stands before the address of a proxy, over which encrypted connections go too. */
const PROXY = /(?:^-x|proxy)$/iu;
const COMPARES = /^(?:sha(?:1|224|256|384|512)?sum|b2sum|cksum|gpgv?|cosign|minisign|shasum)$/u;
const NO_HOST_KEY =
  /\b(?:StrictHostKeyChecking[= ]+["']?(?:no|off)\b|UserKnownHostsFile[= ]+["']?\/dev\/null)/iu;

/** Variables that switch the check off, with the values that do. */
const VARIABLES: readonly (readonly [name: RegExp, value: RegExp])[] = [
  [/^NODE_TLS_REJECT_UNAUTHORIZED$/u, /^0$/u],
  [/^PYTHONHTTPSVERIFY$/u, /^0$/u],
  [/^PERL_LWP_SSL_VERIFY_HOSTNAME$/u, /^0$/u],
  [/^GIT_SSL_NO_VERIFY$/u, /./u],
  [/^(?:npm_config|yarn)_strict_ssl$/iu, /^(?:false|0)$/iu],
  [/^PIP_TRUSTED_HOST$/u, /./u],
  [/^CONDA_SSL_VERIFY$/u, /^(?:false|no|0)$/iu],
  [/^GOINSECURE$/u, /./u],
];

export const uncheckedCertificate: DockerfileRule = {
  id: 'DL012',
  severity: 'high',
  title: 'A build step does not check certificates',
  description:
    'With the check off, anyone on the way can pose as the server and put software of their own into the image.',
  remediation:
    'Take the option out. Where the certificate authority is missing, install ca-certificates, or copy your own into the image and register it.',
  cwe: 'CWE-295',
  references: ['https://curl.se/docs/sslcerts.html'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(skipsCheck)
      .map((program) => at(program, `${program.name} is told to.`)),
};

function skipsCheck(program: RunningProgram): boolean {
  const { name, args } = program;
  if (args.some((word) => NO_CHECK.test(word))) return true;
  if (name === 'curl') return args.some(isInsecureCurl);
  if (name === 'wget' || name === 'apk') return args.includes('--no-check-certificate');
  if (PIP.test(name)) return args.some((word) => /^--trusted-host(?:=|$)/u.test(word));
  return MAKES_SETTINGS.has(name) && SETTING_OFF.test(args.join(' '));
}

function isInsecureCurl(word: string): boolean {
  if (word === '--insecure' || word === '--proxy-insecure') return true;
  if (!/^-[a-zA-Z]/u.test(word)) return false;
  const letters = Array.from(word.slice(1));
  const valued = letters.findIndex((letter) => CURL_VALUED.includes(letter));
  return letters.slice(0, valued === -1 ? letters.length : valued).includes('k');
}

export const uncheckedByVariable: DockerfileRule = {
  id: 'DL013',
  severity: 'high',
  title: 'A variable switches the check of certificates off',
  description:
    'Programs that read the variable accept any certificate. Set with ENV it also holds for the service itself, for each connection that it opens.',
  remediation:
    'Remove the variable, and make the certificate authority known that is missing: NODE_EXTRA_CA_CERTS, PIP_CERT, SSL_CERT_FILE or GIT_SSL_CAINFO name its file.',
  cwe: 'CWE-295',
  references: ['https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue'],
  check: (model) => allInstructions(model).flatMap(checkVariables),
};

function checkVariables({ keyword, properties, pipelines }: DockerfileInstruction): RuleMatch[] {
  const declared = properties
    .filter(({ name, value }) => value !== null && switchesOff(name, value))
    .map(({ name, line }) => ({ line, detail: `${keyword} sets ${name}.` }));
  const inBuild = pipelines.flat().flatMap((command) =>
    [...assignmentsOf(command)]
      .filter(([name, value]) => switchesOff(name, value))
      .map(([name]) => {
        const severity: Severity = 'medium';
        const { line, endLine } = command;
        return { line, endLine, severity, detail: `A build step sets ${name}.` };
      }),
  );
  return [...declared, ...inBuild];
}

function switchesOff(name: string, value: string): boolean {
  return VARIABLES.some(([names, values]) => names.test(name) && values.test(value));
}

export const uncheckedHostKey: DockerfileRule = {
  id: 'DL022',
  severity: 'medium',
  title: 'SSH accepts any host key',
  description:
    'Without the check of the host key, anyone on the way can pose as the server that code is fetched from or sent to.',
  remediation:
    'Put the host keys that the provider publishes into known_hosts, and fetch with `RUN --mount=type=ssh`.',
  cwe: 'CWE-322',
  references: ['https://docs.docker.com/reference/dockerfile/#run---mounttypessh'],
  check: (model) => allInstructions(model).flatMap(checkHostKeys),
};

function checkHostKeys(instruction: DockerfileInstruction): RuleMatch[] {
  const declared = instruction.properties
    .filter(({ value }) => value !== null && NO_HOST_KEY.test(value))
    .map(({ name, line }) => ({ line, detail: `${name} says so.` }));
  const commands = instruction.pipelines
    .flat()
    .filter(({ words }) => NO_HOST_KEY.test(words.join(' ')))
    .map(({ line, endLine }) => ({ line, endLine, detail: 'A build step says so.' }));
  return [...declared, ...commands];
}

export const plainDownload: DockerfileRule = {
  id: 'DL023',
  severity: 'medium',
  title: 'A build step fetches over an unencrypted connection',
  description:
    'What comes over plain HTTP, FTP or the git protocol can be replaced on the way, and nothing here would notice.',
  remediation:
    'Use https, and compare the digest of what you got with the one that you expect in the same step.',
  cwe: 'CWE-319',
  references: ['https://docs.docker.com/build/building/best-practices/#run'],
  check: (model: DockerfileModel) => allInstructions(model).flatMap(checkDownloads),
};

/** A step that compares a digest or a signature notices what was replaced. */
function checkDownloads(instruction: DockerfileInstruction): RuleMatch[] {
  const programs = programsOf([instruction]);
  if (programs.some(({ name }) => COMPARES.test(name))) return [];
  return programs
    .filter(({ name }) => FETCHERS.test(name))
    .filter(isPlain)
    .map((program) => at(program, `${program.name} is given such an address.`));
}

function isPlain({ args }: Program): boolean {
  return args.some((word, index) => {
    if (PROXY.test(args[index - 1] ?? '')) return false;
    const host = PLAIN.exec(word)?.groups?.['host'];
    return host !== undefined && !LOOPBACK.test(host.slice(host.lastIndexOf('@') + 1));
  });
}
