import type { DiffDocument, ReviewRequest } from '@securescan/core';
import type { NodeHostPorts } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import { HOST_PORTS } from '../host-ports.token';
import type { FurtherReport } from '../options/further-reports';
import type { ScanSettings } from '../options/scan-settings';
import type { Settings } from '../options/settings';
import { readReviewFacts } from '../services/review-facts';
import { watched } from './watched';

/** What a line lacks for a review, all of it in one sentence. Revisions know their own commits. */
export function reviewProblems(
  { output, repo, sha, base_sha }: Pick<Settings, 'output' | 'repo' | 'sha' | 'base_sha'>,
  isOfRevisions: boolean,
  further: readonly FurtherReport[] = [],
): string[] {
  const formats = [output.value, ...further.map(({ format }) => format)];
  if (!formats.includes('github-review')) return [];
  const missing = [
    ...(repo.value === null ? ['--repo <owner/name> (or GITHUB_REPOSITORY)'] : []),
    ...(sha.value === null && !isOfRevisions ? ['--sha <commit> (or GITHUB_SHA)'] : []),
    ...(base_sha.value === null && !isOfRevisions ? ['--base-sha <commit>'] : []),
  ];
  return missing.length === 0 ? [] : [`github-review needs ${missing.join(', ')}.`];
}

/** Reads from the repository what a review needs beside the comparison; nothing for other formats. */
export async function planReview(
  document: DiffDocument,
  { settings, root }: { readonly settings: ScanSettings; readonly root: string },
  { terminal }: CommandContext,
): Promise<ReviewRequest | null> {
  const { format, github } = settings;
  if (format !== 'github-review') return null;
  const head = github.commit ?? document.head.commit ?? github.commitOfEnvironment;
  const base = github.baseCommit ?? document.base.commit;
  // The line was refused before, unless the comparison knows its commits.
  if (head === null || base === null) return null;
  const range = { root, base, head, scanned: document.head.commit };
  const facts = await watched(
    terminal,
    { ...settings, scannedRoot: root },
    (services, { signal }) =>
      readReviewFacts(services.get<NodeHostPorts>(HOST_PORTS), range, {
        findings: document.diff.new,
        signal,
      }),
  );
  return { ...facts, event: github.reviewEvent, hasSuggestions: github.hasSuggestions };
}
