import type {
  DockerfileInstruction,
  DockerfileModel,
  DockerfileStage,
  DockerfileWord,
} from './dockerfile-model';
import {
  allInstructions,
  at,
  programsOf,
  type DockerfileRule,
  type RuleMatch,
  type RunningProgram,
} from './rule';

const DOCKER_SOCKET = /\/docker\.sock\b/u;
/** The daemon's port without TLS; 2376 is the one with. */
const OPEN_DAEMON = /^tcp:\/\/(?:0\.0\.0\.0|\[?::\]?|\*)?:?2375\b/u;
const DAEMON = /(?:^|\/)dockerd(?:-entrypoint\.sh)?$/u;
const OPEN_DAEMON_OPTION = /^(?:-H|--host)=?(?<address>tcp:\/\/\S{0,100})?$/u;

const INSTALLERS = /^(?:apt|apt-get|apk|yum|dnf|microdnf|tdnf|zypper|pacman)$/u;
const REMOTE_ACCESS =
  /^(?:openssh-server|dropbear|telnetd|telnet-server|inetutils-telnetd|rsh-server|vsftpd|proftpd|tftpd|xrdp)(?:[=~<>@-].*)?$/u;
const SERVER_PROGRAM = /(?:^|\/)(?:sshd|dropbear|telnetd|in\.telnetd|vsftpd)$/u;

const OPEN_INSPECTOR =
  /(?:^|\s)--inspect(?:-brk|-wait)?=(?:0\.0\.0\.0|\[?::\]?|\*)(?::\d{1,5})?(?:\s|$)/u;
const OPEN_JDWP = /-(?:agentlib:jdwp=|Xrunjdwp:)\S{0,200}\baddress=(?:\*|0\.0\.0\.0|\[?::\]?):\d/u;
const DEBUG_VARIABLES: ReadonlyMap<string, RegExp> = new Map([
  ['FLASK_DEBUG', /^(?:1|true|yes|on)$/iu],
  ['DJANGO_DEBUG', /^(?:1|true|yes|on)$/iu],
  ['WERKZEUG_DEBUG_PIN', /^off$/iu],
  ['FLASK_ENV', /^development$/iu],
]);

export const exposedDaemon: DockerfileRule = {
  id: 'DL020',
  severity: 'high',
  title: "The container reaches or offers Docker's daemon",
  description:
    'Whoever may talk to the daemon is root on its host: it starts containers with every right. A socket in the container, or the port without TLS, gives that to whoever takes the service over.',
  remediation:
    'Leave the socket and the port out. To build images in a container, use a rootless builder; to look at containers, a proxy that only lets reading requests pass.',
  cwe: 'CWE-668',
  references: ['https://docs.docker.com/engine/security/protect-access/'],
  check: (model) => allInstructions(model).flatMap(checkDaemon),
};

function checkDaemon(instruction: DockerfileInstruction): RuleMatch[] {
  const { keyword, flags, words, properties, line, endLine } = instruction;
  if (flags.some((flag) => flag.startsWith('--mount=') && DOCKER_SOCKET.test(flag))) {
    return [{ line, endLine, detail: 'A build step mounts the socket.' }];
  }
  const declared = properties
    .filter(({ name, value }) => name === 'DOCKER_HOST' && OPEN_DAEMON.test(value ?? ''))
    .map((property) => ({ line: property.line, detail: 'DOCKER_HOST names the port.' }));
  const started = programsOf([instruction])
    .filter(({ name, args }) => name === 'dockerd' && offersPort(args))
    .map((program) => at(program, 'dockerd listens on it.'));
  const named = words.flatMap((word) => checkWord(keyword, word));
  return [...declared, ...started, ...named, ...checkStart(instruction)];
}

function checkWord(keyword: string, { text, expanded, line }: DockerfileWord): RuleMatch[] {
  const value = expanded ?? text;
  if (keyword === 'VOLUME' && DOCKER_SOCKET.test(value)) {
    return [{ line, detail: 'VOLUME names the socket.' }];
  }
  if (keyword === 'EXPOSE' && /^2375(?:\/tcp)?$/iu.test(value)) {
    return [{ line, detail: 'EXPOSE names the port.' }];
  }
  return [];
}

function checkStart({ keyword, words, line, endLine }: DockerfileInstruction): RuleMatch[] {
  const isStart = keyword === 'CMD' || keyword === 'ENTRYPOINT';
  if (!isStart || !words.some(({ text }) => DAEMON.test(text))) return [];
  const isOpen = offersPort(words.map(({ text }) => text));
  return isOpen ? [{ line, endLine, detail: `${keyword} opens the port.` }] : [];
}

function offersPort(args: readonly string[]): boolean {
  return args.some((word, index) => {
    const option = OPEN_DAEMON_OPTION.exec(word);
    return option !== null && OPEN_DAEMON.test(option.groups?.['address'] ?? args[index + 1] ?? '');
  });
}

export const remoteAccess: DockerfileRule = {
  id: 'DL021',
  severity: 'medium',
  title: 'The image brings a server for remote access',
  description:
    'An SSH, Telnet or FTP server in a container is one more thing to log in to, to patch and to attack. Containers are administered from outside and replaced, not repaired.',
  remediation:
    'Leave it out, and use `docker exec`, `kubectl exec` or a dedicated host for access. Files get in through volumes or the build.',
  cwe: 'CWE-668',
  references: ['https://docs.docker.com/reference/cli/docker/container/exec/'],
  check: (model) => [
    ...programsOf(allInstructions(model)).filter(installsServer).map(toInstalled),
    ...startInstructions(model).flatMap(checkServer),
  ],
};

function installsServer({ name, args }: RunningProgram): boolean {
  if (!INSTALLERS.test(name)) return false;
  if (!args.some((word) => ['install', 'add', 'in', '-S', '-Sy'].includes(word))) return false;
  return args.some((word) => REMOTE_ACCESS.test(word));
}

function toInstalled(program: RunningProgram): RuleMatch {
  return at(program, `${program.name} installs it.`);
}

function checkServer({ keyword, words, line, endLine }: DockerfileInstruction): RuleMatch[] {
  const starts = words.some(({ text }) => SERVER_PROGRAM.test(text));
  return starts ? [{ line, endLine, detail: `${keyword} starts it.` }] : [];
}

export const openDebugger: DockerfileRule = {
  id: 'DL025',
  severity: 'high',
  title: 'The service starts in debug mode or with an open debugger',
  description:
    'A debugger that listens on all addresses runs whatever it is sent, and debug modes show code and settings to visitors or offer them a console.',
  remediation:
    'Remove the setting from the image, and switch it on for one run with `docker run -e …` when you need it, with the port bound to 127.0.0.1.',
  cwe: 'CWE-489',
  references: [
    'https://nodejs.org/en/learn/getting-started/debugging#security-implications',
    'https://flask.palletsprojects.com/en/stable/debugging/',
  ],
  check: (model) => [
    ...finalInstructions(model).flatMap(checkDebugVariables),
    ...startInstructions(model).flatMap(checkDebugger),
  ],
};

function checkDebugVariables({ keyword, properties }: DockerfileInstruction): RuleMatch[] {
  if (keyword !== 'ENV') return [];
  return properties.flatMap(({ name, value, line }): RuleMatch[] => {
    if (OPEN_JDWP.test(value ?? '') || OPEN_INSPECTOR.test(value ?? '')) {
      return [{ line, detail: `ENV opens a debugger by ${name}.` }];
    }
    const isOn = DEBUG_VARIABLES.get(name)?.test(value ?? '') ?? false;
    return isOn ? [{ line, detail: `ENV sets ${name}.`, severity: 'medium' }] : [];
  });
}

function checkDebugger({ keyword, words, line, endLine }: DockerfileInstruction): RuleMatch[] {
  const text = words.map((word) => word.text).join(' ');
  if (!OPEN_INSPECTOR.test(text) && !OPEN_JDWP.test(text)) return [];
  return [{ line, endLine, detail: `${keyword} opens a debugger.` }];
}

export const searchPath: DockerfileRule = {
  id: 'DL027',
  severity: 'medium',
  title: 'Programs are looked up in a directory that others can write to',
  description:
    'PATH holds the current directory, an empty entry or a directory for temporary files. Who can put a file there decides what runs under the name of a program.',
  remediation: 'List absolute directories only that belong to root, for instance `/opt/app/bin`.',
  cwe: 'CWE-426',
  references: ['https://cwe.mitre.org/data/definitions/426.html'],
  check: (model) =>
    allInstructions(model)
      .filter(({ keyword }) => keyword === 'ENV')
      .flatMap(({ properties }) => properties)
      .filter(({ name, value }) => name === 'PATH' && value !== null && hasOpenEntry(value))
      .map(({ line }) => ({ line, detail: 'ENV sets such a PATH.' })),
};

function hasOpenEntry(path: string): boolean {
  return path
    .split(/:(?![-+])/u)
    .some((entry) => /^(?:|\.{1,2}(?:\/.*)?|(?:\/var)?\/tmp(?:\/.*)?|\/dev\/shm.*)$/u.test(entry));
}

/** Instructions of the final stage and of those that it continues. */
function finalInstructions({ stages }: DockerfileModel): DockerfileInstruction[] {
  const instructions: DockerfileInstruction[] = [];
  let stage: DockerfileStage | null = stages.at(-1) ?? null;
  for (; stage !== null; stage = stage.parent) instructions.unshift(...stage.instructions);
  return instructions;
}

function startInstructions(model: DockerfileModel): DockerfileInstruction[] {
  return finalInstructions(model).filter(
    ({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT',
  );
}
