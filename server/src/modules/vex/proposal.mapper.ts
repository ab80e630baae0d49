import type {
  FindingStateBody,
  ProposalSourceBody,
  VerdictProposalBody,
} from '@securescan/contracts';
import type { VexSource } from '@securescan/core';
import type { ProposalRow } from './verdict-proposals.repository';

const MAX_NOTE = 4000;

export function toSourceBody(source: VexSource): ProposalSourceBody {
  const { format, documentId, version, author, issuedAt } = source;
  return { format, document_id: documentId, version, author, issued_at: issuedAt };
}

export function toProposalBody(
  row: ProposalRow,
  current: FindingStateBody | null,
): VerdictProposalBody {
  const { format, documentId, documentVersion: version, author, issuedAt } = row;
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    project: row.project,
    status: row.status,
    reason: row.reason,
    note: row.note,
    vulnerability: row.vulnerability,
    purl: row.purl,
    product: row.product,
    source: toSourceBody({ format, documentId, version, author, issuedAt }),
    state: row.state,
    created_at: row.createdAt,
    created_by: row.createdBy,
    decided_at: row.decidedAt,
    decided_by: row.decidedBy,
    current,
  };
}

/** What the verdict says of where it comes from, behind the words of the document. */
export function noteOf({
  note,
  author,
  documentId,
  documentVersion,
  product,
}: ProposalRow): string {
  const within = product === null ? '' : ` for ${product}`;
  const by = author === null ? '' : ` by ${author}`;
  const origin = `Said${by}${within} in ${documentId}, version ${String(documentVersion)}.`;
  const said = note === null ? '' : `${note}\n`;
  return `${said.slice(0, MAX_NOTE - origin.length).toWellFormed()}${origin}`;
}
