import { reviewableLines, type Finding, type ReviewRequest } from '@securescan/core';
import type { NodeHostPorts } from '@securescan/host-node';

/** Which pull request is to be reviewed. */
export interface ReviewedRange {
  /** Top of the repository. */
  readonly root: string;
  /** Revisions, in words that git understands. */
  readonly base: string;
  readonly head: string;
  /** The commit that was scanned, where it is known. */
  readonly scanned: string | null;
}

/**
 * On which lines a review may comment, and the files that hold them. A file that is not at the reviewed commit what was scanned is
 * left out: its lines are others. Rejects with UserError for what is no commit.
 */
export async function readReviewFacts(
  ports: NodeHostPorts,
  range: ReviewedRange,
  { findings, signal }: { readonly findings: readonly Finding[]; readonly signal: AbortSignal },
): Promise<Required<Pick<ReviewRequest, 'commit' | 'lines' | 'texts'>>> {
  const revisions = await ports.openRevisions(range.root, signal);
  const commit = await revisions.resolve(range.head);
  const base = await revisions.mergeBase(await revisions.resolve(range.base), commit);
  const hunks = await revisions.reviewedLines(base, commit);
  const named = new Set(findings.flatMap(({ filePath }) => filePath ?? []));
  const paths = [...hunks.keys()].filter((path) => named.has(path));
  const texts = await revisions.readTexts(commit, paths);
  const isScanned = range.scanned === null || range.scanned === commit;
  const scanned = isScanned ? texts : await revisions.readTexts(range.scanned, paths);
  const same = paths.filter((path) => isScanned || scanned.get(path) === texts.get(path));
  return {
    commit,
    lines: new Map(same.map((path) => [path, reviewableLines(hunks.get(path) ?? [])])),
    texts: new Map(
      same.flatMap((path) => {
        const text = texts.get(path);
        return text === undefined ? [] : [[path, text] as const];
      }),
    ),
  };
}
