import { isActive } from '../../model/suppression';
import { riskBand } from '../../severity/risk-score';
import { isComplete, type ScanDocument } from '../document';
import { cutText, markdownText } from '../markdown-text';
import { countOf } from '../text-parts';
import {
  commentChunks,
  RANKS,
  reproduceHint,
  scannerList,
  severitySections,
  severityTable,
  suppressedCount,
} from './comment-parts';
import { findingItem, noticeItem, suppressedItem } from './finding-markdown';
import type { GitHubPlace } from './github-place';
import type { Section } from './sections';

const MARKER = '<!-- securescan:scan -->';
const MAX_LINE = 300;

/**
 * A whole scan as a comment in GitHub's Markdown: at most 65,536 bytes, the worst first. Where nothing was found and everything
 * completed it is the marker and one line.
 */
export function* scanCommentChunks(
  document: ScanDocument,
  github: GitHubPlace = {},
): Generator<string> {
  if (isQuiet(document)) {
    yield `${MARKER}\n_${quietLine(document)}_\n`;
    return;
  }
  const frame = { marker: MARKER, head: headBlocks(document), foot: footBlocks(document) };
  yield* commentChunks(frame, sectionsOf(document, github));
}

function isQuiet({ findings, notices, outcomes }: ScanDocument): boolean {
  return !findings.some(isActive) && notices.length === 0 && isComplete(outcomes);
}

function quietLine(document: ScanDocument): string {
  const { findings, summary, outcomes } = document;
  const skipped = outcomes.filter(({ status }) => status === 'skipped').length;
  const left = skipped === 0 ? '' : `, ${countOf(skipped, 'scanner')} skipped`;
  const suppressed = suppressedCount(findings, summary.suppressedFindings);
  return `No findings: ${scannersText(document)} completed${left}, ${suppressed} suppressed.`;
}

function scannersText({ summary: { scannersRun } }: ScanDocument): string {
  return scannersRun.length === 0
    ? 'no scanner'
    : markdownText(cutText(scannersRun.join(', '), MAX_LINE));
}

function headBlocks(document: ScanDocument): string[] {
  const { findings, outcomes, summary } = document;
  const suppressed = findings.filter((finding) => !isActive(finding));
  const unfinished = outcomes.filter(({ status }) => status !== 'completed');
  const list = scannerList(
    unfinished.map(({ scanner, status, reason }) => ({
      name: scanner,
      words: `${status.replace('_', ' ')}: ${reason ?? 'no reason given'}`,
    })),
  );
  return [
    `## SecureScan: ${countOf(summary.totalFindings, 'finding')}`,
    severityTable([['Findings', summary.bySeverity]]),
    [
      `Suppressed: ${suppressedCount(suppressed, summary.suppressedFindings)}`,
      `risk score: ${summary.riskScore.toFixed(1)} of 100 (${riskBand(summary.riskScore)})`,
      `completed: ${scannersText(document)}`,
    ].join(' · '),
    ...(isComplete(outcomes) ? [] : ['**The scan is incomplete.**']),
    ...(unfinished.length === 0 ? [] : ['Scanners not completed:', list]),
  ];
}

function sectionsOf({ findings, notices }: ScanDocument, github: GitHubPlace): Section[] {
  const options = { github, side: 'head' } as const;
  const folded = { isOpen: false, rank: RANKS.rest };
  const suppressed = findings.filter((finding) => !isActive(finding));
  return [
    ...severitySections(findings.filter(isActive), (finding) => findingItem(finding, options)),
    {
      ...folded,
      title: 'Suppressed',
      items: suppressed.map((finding) => () => suppressedItem(finding, options)),
    },
    {
      ...folded,
      title: 'About suppressions',
      items: notices.map((notice) => () => noticeItem(notice)),
    },
  ];
}

function footBlocks({ target, scanTypes }: ScanDocument): string[] {
  return reproduceHint(['scan', target, '--type', scanTypes.join(',')]);
}
