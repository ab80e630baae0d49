import type { DockerfileInstruction, DockerfileWord } from './dockerfile-model';
import { allInstructions, type DockerfileRule, type RuleMatch } from './rule';
import { isSecretName } from '../secret-name';

/** Services that give a session on the machine, or relay mail; none belongs into an application's container. */
const SENSITIVE_PORTS: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [3389, 'Remote Desktop'],
]);
const PORT = /^(?<first>\d{1,5})(?:-(?<last>\d{1,5}))?(?:\/(?<protocol>tcp|udp|sctp))?$/iu;
/** Switches and counts are no secrets, whatever their name. */
const NO_SECRET = /^(?:true|false|yes|no|on|off|none|null|\d{1,5})?$/iu;

export const sensitivePort: DockerfileRule = {
  id: 'DL005',
  severity: 'high',
  title: 'The image exposes a port for remote administration',
  description:
    'The container announces a service by which people log in to machines or relay mail. It widens what can be attacked, and containers are administered from outside.',
  remediation:
    'Leave the service and its EXPOSE out. Use `docker exec`, `kubectl exec` or a dedicated host for access.',
  cwe: 'CWE-668',
  references: ['https://docs.docker.com/reference/dockerfile/#expose'],
  check: (model) =>
    allInstructions(model)
      .filter(({ keyword }) => keyword === 'EXPOSE')
      .flatMap(({ words }) => words.flatMap(checkPort)),
};

function checkPort({ text, expanded, line }: DockerfileWord): RuleMatch[] {
  const groups = PORT.exec(expanded ?? text)?.groups;
  if (groups === undefined) return [];
  const first = Number(groups['first']);
  const last = Number(groups['last'] ?? first);
  const isUdp = groups['protocol']?.toLowerCase() === 'udp';
  const services = Array.from(SENSITIVE_PORTS)
    .filter(([port]) => port >= first && port <= last && (!isUdp || port === 3389))
    .map(([port, service]) => `${String(port)} (${service})`);
  return services.length === 0 ? [] : [{ line, detail: `It exposes ${services.join(', ')}.` }];
}

export const secretInImage: DockerfileRule = {
  id: 'DL007',
  severity: 'critical',
  title: 'A secret is stored in the image',
  description:
    "ENV values are part of the image's configuration, and values of ARG stay in its history. Everyone who can pull the image can read them, after a later layer overwrites them too.",
  remediation:
    'Replace the secret, then hand it over at run time, or during the build with `RUN --mount=type=secret,id=…`.',
  cwe: 'CWE-798',
  references: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  check: (model) => allInstructions(model).flatMap(checkDeclaration),
};

function checkDeclaration({ keyword, properties }: DockerfileInstruction): RuleMatch[] {
  return properties
    .filter(({ name }) => isSecretName(name))
    .flatMap(({ name, value, line }): RuleMatch[] => {
      // A build argument without a default is filled in by whoever builds, and recorded all the same.
      if (value === null) return keyword === 'ARG' ? [passedIn(keyword, name, line)] : [];
      if (NO_SECRET.test(value)) return [];
      if (value.includes('$')) return keyword === 'ENV' ? [passedIn(keyword, name, line)] : [];
      return [{ line, detail: `${keyword} sets ${name}.` }];
    });
}

function passedIn(keyword: string, name: string, line: number): RuleMatch {
  const how =
    keyword === 'ARG'
      ? `${name} is taken as a build argument.`
      : `ENV copies another variable into ${name}.`;
  return { line, detail: how, severity: 'medium' };
}
