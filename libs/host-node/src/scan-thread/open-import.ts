import { assembleImport, readImport, UserError, type Finding } from '@securescan/core';
import type { ImportFacts, ImportOrder, ScanConclusion } from './thread-messages';

export interface OpenedImport {
  readonly facts: ImportFacts;
  readonly findings: readonly Finding[];
  readonly conclusion: ScanConclusion;
}

/** Reads a document and makes findings of it. Throws UserError IMPORT_INVALID. */
export function openImport({ bytes, sourceRoot, frameworks }: ImportOrder): OpenedImport {
  const document = readImport(textOf(bytes), { sourceRoot });
  const { findings, notices, summary, tools } = assembleImport(document, frameworks);
  const { format, project, scanTypes } = document;
  return {
    facts: { format, project, scanTypes, tools },
    findings,
    // No scanner ran, so there is no outcome that could pass for coverage.
    conclusion: { notices, summary, outcomes: [], isConclusive: true },
  };
}

/** A byte order mark, which some tools write, goes. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Expected: UTF-16, something compressed, an image.
    throw new UserError(
      'IMPORT_INVALID',
      'The document cannot be imported: it is not UTF-8. Send it as it is, uncompressed and encoded in UTF-8.',
    );
  }
}
