import type { Severity } from '@securescan/contracts';
import { csvChunks } from './csv';
import type { DiffDocument } from './diff-document';
import { diffJsonChunks } from './diff-json';
import { diffSarifChunks } from './diff-sarif';
import { diffTextChunks } from './diff-text';
import type { ScanDocument } from './document';
import type { DiffFormat, ScanFormat } from './formats';
import { jsonChunks } from './json';
import { junitChunks } from './junit';
import { sarifChunks } from './sarif';
import type { SarifLimits } from './sarif-limits';
import { textChunks } from './text';
import type { TextStyle } from './text-parts';

/** What only some formats look at. */
export interface RenderOptions {
  /** `text`: as a terminal shows it; by default without colour and as wide as it takes. */
  readonly style?: TextStyle;
  /** `sarif`: what it must fit; by default what GitHub takes in. */
  readonly sarifLimits?: SarifLimits;
  /** `junit`: from which severity on a finding is a failure; by default `high`. */
  readonly failureThreshold?: Severity;
}

export interface Renderer<TDocument> {
  readonly mediaType: string;
  /** With its dot, for downloads. */
  readonly fileExtension: string;
  /** Pieces of the text in order; joined they are the whole. */
  readonly render: (document: TDocument, options: RenderOptions) => Iterable<string>;
}

/** Every format of a scan. */
export const SCAN_RENDERERS: Readonly<Record<ScanFormat, Renderer<ScanDocument>>> = {
  text: {
    mediaType: 'text/plain; charset=utf-8',
    fileExtension: '.txt',
    render: (document, { style }) => textChunks(document, style),
  },
  json: {
    mediaType: 'application/json',
    fileExtension: '.json',
    render: (document) => jsonChunks(document),
  },
  sarif: {
    mediaType: 'application/sarif+json',
    fileExtension: '.sarif.json',
    render: (document, { sarifLimits }) => sarifChunks(document, { limits: sarifLimits }),
  },
  csv: {
    mediaType: 'text/csv; charset=utf-8; header=present',
    fileExtension: '.csv',
    render: (document) => csvChunks(document),
  },
  junit: {
    mediaType: 'application/xml',
    fileExtension: '.junit.xml',
    render: (document, { failureThreshold }) => junitChunks(document, failureThreshold),
  },
};

/** Every format of a comparison. */
export const DIFF_RENDERERS: Readonly<
  Record<DiffFormat, (document: DiffDocument, options: RenderOptions) => Iterable<string>>
> = {
  text: (document, { style }) => diffTextChunks(document, style),
  json: (document) => diffJsonChunks(document),
  sarif: (document, { sarifLimits }) => diffSarifChunks(document, sarifLimits),
};

/** A report in one text. */
export function renderDocument(
  format: ScanFormat,
  document: ScanDocument,
  options: RenderOptions = {},
): string {
  return [...SCAN_RENDERERS[format].render(document, options)].join('');
}
