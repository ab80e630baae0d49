import type { ParsedFinding } from '@securescan/core';
import type { FileReport } from '../../file-report';
import type { FileScanner, FileSelection, TreeContext } from '../../scanner';
import { WHOLE_FILE } from '../whole-file';
import type { DockerfileModel } from './dockerfile-model';
import { readDockerfile } from './read-dockerfile';
import { allInstructions, type DockerfileRule, type RuleMatch } from './rule';
import { DOCKERFILE_RULES } from './rules';
import { baseName } from '../paths';

const NAME = /^(?:(?:Dockerfile|Containerfile)(?:\..+)?|.+\.(?:dockerfile|containerfile))$/isu;
const SECRET_IN_TEXT = 'CWE-798';
const NO_DOCKERFILE = /\.(?:dockerignore|containerignore|md|bak|orig)$/iu;
/** More than any Dockerfile that people write; reading much more would hold everybody else up. */
const MAX_CHARACTERS = 200_000;

/** `Dockerfile`, `Dockerfile.web`, `web.dockerfile` and the same with `Containerfile`. */
export function isDockerfile(path: string): boolean {
  const name = baseName(path);
  return NAME.test(name) && !NO_DOCKERFILE.test(name);
}

/** Holds one file against all rules. `null` where the text is too long or no Dockerfile at all. */
export function checkDockerfile(path: string, text: string): ParsedFinding[] | null {
  const model = tryToRead(text);
  if (model === null) return null;
  const starts = instructionStarts(model);
  return DOCKERFILE_RULES.flatMap((rule) =>
    rule.check(model).map((match) => toFinding(path, rule, match, starts)),
  );
}

/** By line, that on which its instruction begins. */
function instructionStarts(model: DockerfileModel): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  for (const { line, endLine } of allInstructions(model)) {
    for (let each = line; each <= endLine; each += 1) starts.set(each, line);
  }
  return starts;
}

function tryToRead(text: string): DockerfileModel | null {
  if (text.length > MAX_CHARACTERS) return null;
  try {
    return readDockerfile(text.replaceAll('\r\n', '\n'));
  } catch {
    // Expected: a library parses what somebody else wrote, and a file may be no Dockerfile whatever its name says.
    return null;
  }
}

function toFinding(
  path: string,
  rule: DockerfileRule,
  match: RuleMatch,
  starts: ReadonlyMap<number, number>,
): ParsedFinding {
  const blockStart = blockStartOf(rule, match, starts);
  return {
    ruleId: `dockerfile/${rule.id}`,
    severity: match.severity ?? rule.severity,
    title: rule.title,
    description: `${rule.description} ${match.detail}`,
    filePath: path,
    lineStart: match.line,
    lineEnd: match.line === null ? null : (match.endLine ?? match.line),
    cwe: rule.cwe,
    remediation: rule.remediation,
    metadata: { references: [...rule.references] },
    ...(match.line === null ? { discriminator: WHOLE_FILE } : {}),
    ...(blockStart === undefined ? {} : { blockStart }),
  };
}

/** Checkov and trivy name the instruction; who looks for secrets names the line of the value, as these rules do. */
function blockStartOf(
  { cwe }: DockerfileRule,
  { line }: RuleMatch,
  starts: ReadonlyMap<number, number>,
): number | undefined {
  if (line === null || cwe === SECRET_IN_TEXT) return undefined;
  const start = starts.get(line);
  return start === line ? undefined : start;
}

function inspectFile(path: string, text: string): FileReport {
  const findings = checkDockerfile(path, text);
  return findings === null
    ? { findings: [], skipped: 'cannot be read as a Dockerfile', notes: [] }
    : { findings, skipped: null, notes: [] };
}

function select({ files }: TreeContext): Promise<FileSelection> {
  const paths = files.files.map(({ path }) => path);
  return Promise.resolve({ files: paths.filter(isDockerfile), notes: [] });
}

export const dockerfileScanner: FileScanner = Object.freeze<FileScanner>({
  kind: 'file',
  name: 'dockerfile',
  scanType: 'iac',
  description: 'Reads Dockerfiles and Containerfiles and points out what makes an image risky.',
  checks: [
    'Images without a version, and sources and downloads that nobody checks',
    'Containers that run as root, and ways to become root in them',
    'Secrets in ENV, ARG, build steps and copied files',
    'Certificates, host keys and signatures that are not checked',
    'Remote access, open debuggers and the daemon of Docker within reach',
    'Files that everyone may write, and packages that nobody asked for',
  ],
  timeLimitMs: 120_000,
  rules: DOCKERFILE_RULES,
  select,
  inspectFile,
});
