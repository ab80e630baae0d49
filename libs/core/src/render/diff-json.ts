import { isActive } from '../model/suppression';
import type { Finding } from '../model/finding';
import { toNoticeBody } from '../model/wire';
import { countBySeverity } from '../severity/severity-rank';
import { isDiffComplete, type DiffDocument } from './diff-document';
import { indentedBy } from './indented';
import { findingJson } from './json';

/** Of the envelope: it grows when a field changes its meaning. */
const FORMAT_VERSION = 1;

/** The comparison as JSON, in pieces, one for each finding: fields in a fixed order, two spaces, one newline at the end. */
export function* diffJsonChunks(document: DiffDocument): Generator<string> {
  const envelope = JSON.stringify(envelopeOf(document), null, 2);
  yield envelope.slice(0, envelope.lastIndexOf('\n}'));
  for (const [name, items] of listsOf(document)) {
    yield `,\n  ${JSON.stringify(name)}: [`;
    let isFirst = true;
    for (const item of items) {
      yield `${isFirst ? '' : ','}\n${indentedBy(4, JSON.stringify(item, null, 2))}`;
      isFirst = false;
    }
    yield isFirst ? ']' : '\n  ]';
  }
  yield '\n}\n';
}

function envelopeOf(document: DiffDocument): object {
  const { diff } = document;
  return {
    version: FORMAT_VERSION,
    tool: { name: 'SecureScan', version: document.toolVersion },
    command: document.command,
    base: document.base,
    head: document.head,
    target: document.target,
    project: document.project,
    scan_types: document.scanTypes,
    complete: isDiffComplete(diff),
    policy: { source: document.policy, pending: document.pendingPolicy },
    summary: {
      new: diff.new.length,
      fixed: diff.fixed.length,
      unchanged: diff.unchanged.length,
      not_assessed: diff.notAssessed.length,
      newly_suppressed: diff.newlySuppressed.length,
      suppressed: diff.suppressed.length,
      new_by_severity: countBySeverity(diff.new),
    },
    scanners: diff.scanners.map((scanner) => ({
      name: scanner.scanner,
      base: scanner.base,
      head: scanner.head,
      reason: scanner.reason,
      incomplete: scanner.isIncomplete,
      other_rules: scanner.hasOtherRules,
    })),
  };
}

type NamedList = readonly [name: string, items: Iterable<object>];

function listsOf({ diff, notices, showsSuppressed }: DiffDocument): readonly NamedList[] {
  function* visible(findings: readonly Finding[]): Generator<object> {
    for (const finding of findings) {
      if (showsSuppressed || isActive(finding)) yield findingJson(finding);
    }
  }
  return [
    ['new', visible(diff.new)],
    ['fixed', visible(diff.fixed)],
    [
      'unchanged',
      mapped(diff.unchanged, ({ finding, previousSeverity }) => ({
        ...findingJson(finding),
        previous_severity: previousSeverity,
      })),
    ],
    [
      'not_assessed',
      mapped(diff.notAssessed, ({ finding, side }) => ({ ...findingJson(finding), side })),
    ],
    ['newly_suppressed', visible(diff.newlySuppressed)],
    ['suppressed', visible(diff.suppressed)],
    ['suppression_notices', mapped(notices, toNoticeBody)],
  ];
}

function* mapped<T>(items: readonly T[], change: (item: T) => object): Generator<object> {
  for (const item of items) yield change(item);
}
