import { WHOLE_FILE } from '../whole-file';
import type { ParsedFinding } from '@securescan/core';
import {
  ignoreLine,
  missingIgnoreRuleId,
  namesOf,
  oneStepLower,
  trackedRuleId,
  type SensitiveKind,
} from './rules';

const CWE = 'CWE-538';
const REFERENCES = { references: ['https://git-scm.com/docs/gitignore'] };

export function trackedFile(path: string, kind: SensitiveKind): ParsedFinding {
  const { name, ignored } = namesOf(path, kind);
  return {
    ...aboutFile(path, kind),
    severity: kind.severity,
    title: `${name} is in the repository`,
    description: `git tracks this file. It is ${kind.what}; every clone holds it, and the history keeps it after it is deleted.`,
    remediation: `Replace what is in the file, then stop tracking it with \`git rm --cached\` and add \`${ignored}\` to .gitignore. Rewrite the history if the repository has been shared.`,
  };
}

/** As `trackedFile`, where git cannot be asked: the identity is the same, the weight is less. */
export function unversionedFile(path: string, kind: SensitiveKind): ParsedFinding {
  const { name, ignored } = namesOf(path, kind);
  return {
    ...aboutFile(path, kind),
    severity: oneStepLower(kind.severity),
    title: `${name} stands beside the source`,
    description: `This file is ${kind.what}. The tree is no git repository, or git is missing, so whether it is committed is not known; no .gitignore keeps it out.`,
    remediation: `Keep the file outside the tree, or add \`${ignored}\` to .gitignore before the tree is committed.`,
  };
}

export function missingIgnore(kind: SensitiveKind, paths: readonly string[]): ParsedFinding {
  return {
    ruleId: missingIgnoreRuleId(kind),
    severity: kind.severity,
    title: `.gitignore does not cover ${kind.pattern}`,
    description: `${paths.join(', ')}: it is ${kind.what}, it is not tracked yet and no ignore rule covers it. The next \`git add\` of its directory commits it.`,
    filePath: '.gitignore',
    lineStart: null,
    lineEnd: null,
    cwe: CWE,
    remediation: `Add the line \`${ignoreLine(kind)}\` to .gitignore.`,
    metadata: { ...REFERENCES, pattern: kind.pattern, files: [...paths] },
    discriminator: kind.pattern,
  };
}

export function noGitignore(): ParsedFinding {
  return {
    ruleId: 'git-hygiene/no-gitignore',
    severity: 'medium',
    title: 'The repository has no .gitignore',
    description:
      'Nothing keeps local settings, keys and build output out of the next commit but the attention of whoever makes it.',
    // There is no file that could be shown.
    filePath: null,
    lineStart: null,
    lineEnd: null,
    cwe: CWE,
    remediation:
      'Add a .gitignore at the top of the repository that covers environment files, keys and build output.',
    metadata: REFERENCES,
    discriminator: '.gitignore',
  };
}

function aboutFile(
  path: string,
  kind: SensitiveKind,
): Pick<
  ParsedFinding,
  'ruleId' | 'filePath' | 'lineStart' | 'lineEnd' | 'cwe' | 'metadata' | 'discriminator'
> {
  return {
    ruleId: trackedRuleId(kind),
    filePath: path,
    lineStart: null,
    lineEnd: null,
    cwe: CWE,
    metadata: REFERENCES,
    discriminator: WHOLE_FILE,
  };
}
