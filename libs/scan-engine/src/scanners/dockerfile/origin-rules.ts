import {
  allInstructions,
  at,
  programsOf,
  subcommandOf,
  type DockerfileRule,
  type RuleMatch,
  type RunningProgram,
} from './rule';

const TRUE = '(?:true|yes|1)';
/** Options by which package managers take packages without a valid signature. */
const UNSIGNED: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [
    /^apt(?:-get)?$/u,
    /^--(?:allow-unauthenticated|force-yes|allow-insecure-repositories|no-allow-secure)/u,
  ],
  [
    /^apt(?:-get)?$/u,
    new RegExp(`\\b(?:AllowUnauthenticated|AllowInsecureRepositories)=["']?${TRUE}`, 'iu'),
  ],
  [/^apk$/u, /^--allow-untrusted$/u],
  [
    /^(?:yum|dnf|dnf5|microdnf|tdnf|yum-config-manager)$/u,
    /^--(?:nogpgcheck|no-gpgchecks|setopt=[\w.*-]{0,80}gpgcheck=(?:0|false|no))$/iu,
  ],
  [/^rpm$/u, /^--(?:nosignature|nodigest|nofiledigest|noverify)$/u],
  [/^zypper$/u, /^--no-gpg-checks$/u],
  [/^dpkg$/u, /^--force-bad-verify$/u],
  [
    /^(?:echo|printf|sed|tee)$/u,
    /\[(?:[^\]]{0,200} )?trusted=yes\b[^\]]{0,200}\] ?(?!file:|copy:|cdrom:)\w/u,
  ],
];
const CLONE_PINS = /^(?:-b.*|--branch(?:=.*)?|--revision(?:=.*)?)$/u;
const MOVES_TO_COMMIT: ReadonlySet<string> = new Set(['checkout', 'reset', 'switch', 'fetch']);
const PIP = /^(?:pip[\d.]*|python[\d.]*|uv|pipenv)$/u;
const VCS_REQUIREMENT = /(?:^|@ ?)git\+[a-z]{2,5}:\/\/(?<rest>[^\s#]{1,400})/u;
const MOVING_GO_VERSION = /^[\w.-]+\.[a-z]{2,}\/\S{1,300}@(?:latest|master|main|HEAD)$/u;
const CARGO_PINS = /^--(?:rev|tag)(?:=.*)?$/u;

export const unsignedPackages: DockerfileRule = {
  id: 'DL014',
  severity: 'high',
  title: 'Packages are installed without checking who made them',
  description:
    'The option makes the package manager accept packages without a valid signature. A mirror, or anyone on the way to it, can then put software of their own into the image.',
  remediation:
    "Take the option out, and import the repository's key: `signed-by=` for apt, `/etc/apk/keys` for apk, `rpm --import` for yum and dnf.",
  cwe: 'CWE-347',
  references: ['https://wiki.debian.org/SecureApt'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(({ name, args }) =>
        UNSIGNED.some(
          ([program, option]) => program.test(name) && args.some((word) => option.test(word)),
        ),
      )
      .map((program) => at(program, `${program.name} is told to.`)),
};

export const movingSource: DockerfileRule = {
  id: 'DL024',
  severity: 'low',
  title: 'A build step takes whatever a repository holds today',
  description:
    'Nothing says which revision is meant, so each build may contain other code, and whoever can write to the repository can write to the image.',
  remediation:
    'Name a tag that you trust or, better, the commit: `git clone --revision=<commit>`, `git+https://…@<commit>`, `go install …@v1.2.3`.',
  cwe: 'CWE-1357',
  references: ['https://slsa.dev/spec/v1.0/threats#dependency-threats'],
  check: (model) => checkSources(programsOf(allInstructions(model))),
};

function checkSources(programs: readonly RunningProgram[]): RuleMatch[] {
  // Perhaps in a later step, once the directory is the working directory.
  const isMoved = programs.some(
    ({ name, args }) => name === 'git' && args.some((word) => MOVES_TO_COMMIT.has(word)),
  );
  return programs
    .filter((program) => takesBranch(program) || (!isMoved && clonesBranch(program)))
    .map((program) => at(program, `${program.name} names no revision.`));
}

function clonesBranch(program: RunningProgram): boolean {
  const { name, args } = program;
  return name === 'git' && args.includes('clone') && !args.some((word) => CLONE_PINS.test(word));
}

function takesBranch(program: RunningProgram): boolean {
  const { name, args } = program;
  if (PIP.test(name)) return args.some(isMovingRequirement);
  if (subcommandOf(program) !== 'install') return false;
  if (name === 'go') return args.some((word) => MOVING_GO_VERSION.test(word));
  return (
    name === 'cargo' &&
    args.some((word) => /^--git(?:=|$)/u.test(word)) &&
    !args.some((word) => CARGO_PINS.test(word))
  );
}

/** `git+https://host/repository` with nothing after an `@` behind the host. */
function isMovingRequirement(word: string): boolean {
  const rest = VCS_REQUIREMENT.exec(word)?.groups?.['rest'];
  return rest !== undefined && !rest.slice(rest.indexOf('/')).includes('@');
}
