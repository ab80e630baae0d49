import type { ImportedToolBody, ScanImportBody, ScanType } from '@securescan/contracts';
import type { LocatedInput } from '../pipeline/assemble-findings';
import type { SuppressionNotice } from '../suppression/suppression-notice';

/** A tool whose findings a document holds. */
export type ImportedTool = Readonly<ImportedToolBody>;

/** What a document says, in our words; nothing of it is believed further than that. */
export interface ImportedDocument {
  readonly format: ScanImportBody['format'];
  /** As the document names it; `null` where it does not. */
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  readonly tools: readonly ImportedTool[];
  readonly inputs: readonly LocatedInput[];
  readonly notices: readonly SuppressionNotice[];
}

export interface ImportOptions {
  /** The absolute directory in which the tool ran, where the document gives absolute paths and no base of them. */
  readonly sourceRoot: string | null;
}
