import type { Framework } from '../compliance/framework';
import type { Finding } from '../model/finding';
import type { ScanSummary } from '../model/summary';
import { assembleScan, NO_CONTEXT } from '../pipeline/assemble-findings';
import { summarise } from '../pipeline/summarise';
import { redactSecrets } from '../secrets/redact';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import type { ImportedDocument, ImportedTool } from './imported-document';

export interface AssembledImport {
  /** In canonical order. */
  readonly findings: readonly Finding[];
  readonly notices: readonly SuppressionNotice[];
  /** Without secrets, as all that is stored. */
  readonly tools: readonly ImportedTool[];
  readonly summary: ScanSummary;
}

/**
 * Makes findings of a document by the same steps as of a scan: identity, numbers, merging, redaction, order. Nothing that this
 * machine's projects decided has a say in it; the operator's own frameworks have.
 */
export function assembleImport(
  document: ImportedDocument,
  frameworks: readonly Framework[] = [],
): AssembledImport {
  const { format, inputs, notices, tools } = document;
  const context = { ...NO_CONTEXT, frameworks, isMerged: format === 'securescan' };
  const { findings } = assembleScan(inputs, context);
  return {
    findings,
    notices: notices.map((notice) => ({ ...notice, message: redactSecrets(notice.message) })),
    tools: tools.map((tool) => ({
      ...tool,
      reason: tool.reason === null ? null : redactSecrets(tool.reason),
      notes: tool.notes.map(redactSecrets),
    })),
    // No scanner of ours ran.
    summary: summarise(findings, []),
  };
}
