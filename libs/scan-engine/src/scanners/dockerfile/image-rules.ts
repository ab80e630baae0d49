import type { DockerfileModel, DockerfileStage } from './dockerfile-model';
import { allInstructions, type DockerfileRule, type RuleMatch } from './rule';

const REMOTE = /^https?:\/\//iu;
/** An address of a repository that names a commit: the content cannot change. */
const PINNED_REPOSITORY = /#[0-9a-f]{40,64}(?::|$)/iu;

export const unpinnedImage: DockerfileRule = {
  id: 'DL001',
  severity: 'medium',
  title: 'The base image is not pinned to a version',
  description:
    'The tag "latest", which also holds where no tag is written, moves whenever the publisher releases. Two builds of the same Dockerfile can then contain different software, and nobody decided on the change.',
  remediation:
    'Name the version that you tested, for instance `node:24.2-slim`, or better its digest (`image@sha256:…`), and let a bot propose updates.',
  cwe: 'CWE-1357',
  references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  check: ({ stages }) => stages.flatMap(checkBase),
};

function checkBase({ base, parent, from }: DockerfileStage): RuleMatch[] {
  if (base === null || parent !== null || base.toLowerCase() === 'scratch') return [];
  if (base.includes('@')) return [];
  const tag = /:(?<tag>[^/:]*)$/u.exec(base)?.groups?.['tag'];
  if (tag !== undefined && tag !== '' && tag !== 'latest') return [];
  const detail = tag === 'latest' ? `"${base}" asks for latest.` : `"${base}" has no tag.`;
  return [{ line: from.line, endLine: from.endLine, detail }];
}

export const remoteAdd: DockerfileRule = {
  id: 'DL006',
  severity: 'medium',
  title: 'ADD fetches a remote file without checking it',
  description:
    'ADD takes whatever the address answers at build time. If the server or the way to it is taken over, the image contains what the attacker sent.',
  remediation:
    'Give the digest that you expect with `ADD --checksum=sha256:…`, or fetch the file in a RUN step that compares its digest, over HTTPS.',
  cwe: 'CWE-494',
  references: ['https://docs.docker.com/reference/dockerfile/#add---checksum'],
  check: (model) => allInstructions(model).flatMap(checkAdd),
};

function checkAdd({ keyword, flags, words }: DockerfileModel['preamble'][number]): RuleMatch[] {
  if (keyword !== 'ADD' || flags.some((flag) => flag.startsWith('--checksum='))) return [];
  return words
    .slice(0, -1)
    .map((word) => ({ line: word.line, address: word.expanded ?? word.text }))
    .filter(({ address }) => REMOTE.test(address) && !PINNED_REPOSITORY.test(address))
    .map(({ line, address }) => ({
      line,
      detail: `It fetches from ${hostOf(address)}${address.startsWith('http:') ? ' without encryption' : ''}.`,
    }));
}

/** The host alone: the rest of an address may carry credentials. */
function hostOf(address: string): string {
  const authority = address.replace(REMOTE, '').split('/', 1)[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1);
}
