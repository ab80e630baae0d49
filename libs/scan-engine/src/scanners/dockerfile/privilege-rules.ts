import type { DockerfileInstruction } from './dockerfile-model';
import {
  allInstructions,
  at,
  programsOf,
  subcommandOf,
  type DockerfileRule,
  type RuleMatch,
} from './rule';

/** `4755`, `u+s`, `a+s`, `+s`: the program runs as its owner. The group's bit on a directory is another matter. */
const SETUID = /^(?:0?[4-7][0-7]{3}|[ugoa]{0,4}[+=][rwx]{0,3}s[rwxt]{0,4})$/u;
const GROUP_ALONE = /^(?:0?2[0-7]{3}|[go]{1,2}[+=])/u;
const STRONG_CAPABILITY =
  /\b(?:all|cap_(?:sys_admin|sys_ptrace|sys_module|sys_rawio|dac_override|dac_read_search|setuid|setgid|chown|fowner|bpf))\b/iu;
const ROOT_WITHOUT_PASSWORD = /\bNOPASSWD:\s{0,10}(?:[A-Z]{1,20}:\s{0,10}){0,3}ALL\b/u;
const OTHER_ACCOUNT = /^(?:-u|--user(?:=|$))/u;

export const sudoInBuild: DockerfileRule = {
  id: 'DL011',
  severity: 'medium',
  title: 'A build step uses sudo',
  description:
    'sudo brings a program into the image that gives root to whoever is allowed to use it, and nothing takes it away at run time. It also behaves differently without a terminal.',
  remediation:
    'Run the step before the USER instruction, or switch with `USER root` and back again. To give rights up in a script, use setpriv or gosu.',
  cwe: 'CWE-250',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(({ prefix }) => isRaisedBySudo(prefix))
      .map((program) => at(program, `sudo starts ${program.name}.`)),
};

/** `sudo -u app` gives rights up. */
function isRaisedBySudo(prefix: readonly string[]): boolean {
  const start = prefix.findIndex((word) => word === 'sudo' || word.endsWith('/sudo'));
  return start !== -1 && !prefix.slice(start).some((word) => OTHER_ACCOUNT.test(word));
}

export const setuidFile: DockerfileRule = {
  id: 'DL018',
  severity: 'medium',
  title: 'A program gets the rights of its owner or a strong capability',
  description:
    'Every account that starts such a program gets more rights than it has: with the setuid bit those of the owner, mostly root. One flaw in the program is then enough to take the container over.',
  remediation:
    'Leave the bit and the capability out. A service that only needs a low port gets along with `cap_net_bind_service`, or with a port above 1023.',
  cwe: 'CWE-250',
  references: ['https://docs.docker.com/engine/security/#linux-kernel-capabilities'],
  check: (model) => allInstructions(model).flatMap(checkRights),
};

function checkRights(instruction: DockerfileInstruction): RuleMatch[] {
  const { flags, line, endLine, keyword } = instruction;
  const mode = flags.find((flag) => flag.startsWith('--chmod='))?.slice('--chmod='.length) ?? '';
  if (setsUserId(mode)) return [{ line, endLine, detail: `${keyword} sets the setuid bit.` }];
  return programsOf([instruction]).flatMap((program) => {
    if (program.name === 'chmod' && setsUserId(subcommandOf(program) ?? '')) {
      return [at(program, 'chmod sets the setuid bit.')];
    }
    const isStrong =
      program.name === 'setcap' && program.args.some((word) => STRONG_CAPABILITY.test(word));
    return isStrong ? [at(program, 'setcap gives a strong capability.')] : [];
  });
}

function setsUserId(mode: string): boolean {
  return SETUID.test(mode) && !GROUP_ALONE.test(mode);
}

export const weakIsolation: DockerfileRule = {
  id: 'DL019',
  severity: 'high',
  title: 'A build step runs without the usual isolation',
  description:
    'The step sees devices or the network of the machine that builds. What it runs, downloads included, can reach the builder itself and the services that trust it.',
  remediation:
    'Remove the flag. What a step has to fetch it can fetch over the default network, and what needs rights on the machine belongs outside of the build.',
  cwe: 'CWE-653',
  references: ['https://docs.docker.com/reference/dockerfile/#run---security'],
  check: (model) =>
    allInstructions(model).flatMap(({ keyword, flags, line, endLine }): RuleMatch[] => {
      if (keyword !== 'RUN') return [];
      if (flags.includes('--security=insecure')) {
        return [{ line, endLine, detail: 'It runs with all capabilities of the builder.' }];
      }
      if (!flags.includes('--network=host')) return [];
      const detail = 'It uses the network of the machine that builds.';
      return [{ line, endLine, detail, severity: 'medium' }];
    }),
};

export const rootWithoutPassword: DockerfileRule = {
  id: 'DL026',
  severity: 'high',
  title: 'An account may become root without a password',
  description:
    'A rule for sudo with NOPASSWD makes the account as good as root. That the container runs as another user then protects nothing.',
  remediation:
    'Leave sudo and its rules out of the image, and do what needs root in build steps before the USER instruction.',
  cwe: 'CWE-250',
  references: ['https://www.sudo.ws/docs/man/sudoers.man/#NOPASSWD'],
  check: (model) =>
    programsOf(allInstructions(model))
      .filter(({ args }) => args.some((word) => ROOT_WITHOUT_PASSWORD.test(word)))
      .map((program) => at(program, `${program.name} writes the rule.`)),
};
