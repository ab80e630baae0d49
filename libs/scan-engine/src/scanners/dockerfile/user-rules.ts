import type { DockerfileInstruction, DockerfileModel, DockerfileStage } from './dockerfile-model';
import type { DockerfileRule, RuleMatch } from './rule';

const ROOT_USER = /^(?:root|0+)(?::|$)/u;
/** Tags by which publishers say that the image's own user is not root. */
const ROOTLESS_IMAGE = /[-:]?(?:nonroot|rootless|unprivileged)/iu;
const REFERENCES = ['https://docs.docker.com/build/building/best-practices/#user'];

export const rootUser: DockerfileRule = {
  id: 'DL002',
  severity: 'high',
  title: 'The container runs as root',
  description:
    'The last USER instruction that holds in the final stage names root. Whoever takes over the process owns everything in the container and stands one kernel flaw away from the host.',
  remediation:
    'Do what needs root first, then end the final stage with an account that exists in the image, for instance `USER 10001`.',
  cwe: 'CWE-250',
  references: REFERENCES,
  check: (model) => {
    const user = finalUser(model);
    if (user === null) return [];
    const name = user.words[0]?.expanded ?? '';
    if (!ROOT_USER.test(name)) return [];
    return [{ line: user.line, endLine: user.endLine, detail: `It names "${name}".` }];
  },
};

export const missingUser: DockerfileRule = {
  id: 'DL010',
  severity: 'medium',
  title: 'No USER is set, so the container runs as root',
  description:
    'Neither the final stage nor a stage that it continues has a USER instruction. Unless the base image sets one, the process runs as root.',
  remediation:
    'Create an account in the image and name it in a USER instruction at the end of the final stage, for instance `USER 10001`.',
  cwe: 'CWE-250',
  references: REFERENCES,
  check: (model): RuleMatch[] => {
    const final = model.stages.at(-1);
    if (final === undefined || finalUser(model) !== null) return [];
    if (ROOTLESS_IMAGE.test(outermostBase(final) ?? '')) return [];
    return [{ line: null, detail: 'The final stage does not choose an account.' }];
  },
};

/** The USER that holds at the end of the final stage, its own or one of a stage that it continues. */
function finalUser({ stages }: DockerfileModel): DockerfileInstruction | null {
  for (let stage = stages.at(-1) ?? null; stage !== null; stage = stage.parent) {
    const user = stage.instructions.findLast(
      ({ keyword, isOnbuild }) => keyword === 'USER' && !isOnbuild,
    );
    if (user !== undefined) return user;
  }
  return null;
}

function outermostBase(stage: DockerfileStage): string | null {
  return stage.parent === null ? stage.base : outermostBase(stage.parent);
}
