import type { ParsedFinding } from '@securescan/core';
import type { BuiltinScanner, InspectContext, ScannerReport } from '../../scanner';
import { tidyNotes } from '../notes';
import type { DockerfileModel } from './dockerfile-model';
import { readDockerfile } from './read-dockerfile';
import type { DockerfileRule, RuleMatch } from './rule';
import { DOCKERFILE_RULES } from './rules';

const NAME = /^(?:(?:Dockerfile|Containerfile)(?:\..+)?|.+\.(?:dockerfile|containerfile))$/iu;
const NO_DOCKERFILE = /\.(?:dockerignore|containerignore|md|bak|orig)$/iu;
/** More than any Dockerfile that people write; reading much more would hold everybody else up. */
const MAX_CHARACTERS = 200_000;

/** `Dockerfile`, `Dockerfile.web`, `web.dockerfile` and the same with `Containerfile`. */
export function isDockerfile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NAME.test(name) && !NO_DOCKERFILE.test(name);
}

/** Holds one file against all rules. `null` where the text is too long or no Dockerfile at all. */
export function checkDockerfile(path: string, text: string): ParsedFinding[] | null {
  const model = tryToRead(text);
  if (model === null) return null;
  return DOCKERFILE_RULES.flatMap((rule) =>
    rule.check(model).map((match) => toFinding(path, rule, match)),
  );
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

function toFinding(path: string, rule: DockerfileRule, match: RuleMatch): ParsedFinding {
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
    ...(match.line === null ? { discriminator: 'whole file' } : {}),
  };
}

async function inspect({ files, signal }: InspectContext): Promise<ScannerReport> {
  const findings: ParsedFinding[] = [];
  const notes: string[] = [];
  let filesAssessed = 0;
  for (const { path } of files.files.filter((file) => isDockerfile(file.path))) {
    if (signal.aborted) break;
    const text = await files.readText(path);
    const found = text === null ? null : checkDockerfile(path, text);
    if (found === null) notes.push(`${path}: cannot be read as a Dockerfile`);
    else {
      findings.push(...found);
      filesAssessed += 1;
    }
  }
  return { findings, filesAssessed, notes: tidyNotes(notes) };
}

export const dockerfileScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'dockerfile',
  scanType: 'iac',
  description: 'Reads Dockerfiles and Containerfiles and points out what makes an image risky.',
  checks: [
    'Images without a version and downloads that nobody checks',
    'Containers that run as root',
    'Secrets in ENV and ARG',
    'Ports for remote administration',
    'Files that everyone may write, and packages that nobody asked for',
  ],
  timeLimitMs: 120_000,
  inspect,
});
