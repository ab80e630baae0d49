import type { DiffDocument } from './diff-document';
import { diffJsonChunks } from './diff-json';
import { diffSarifChunks } from './diff-sarif';
import { diffTextChunks } from './diff-text';
import type { ScanDocument } from './document';
import { jsonChunks } from './json';
import { sarifChunks } from './sarif';
import { textChunks } from './text';
import { PLAIN_PALETTE, type Palette } from './text-parts';

/** What only some formats look at. */
export interface RenderOptions {
  /** Colours of a terminal; none by default. */
  readonly palette?: Palette;
}

export interface Renderer {
  readonly mediaType: string;
  /** With its dot, for downloads. */
  readonly fileExtension: string;
  /** Pieces of the text in order; joined they are the whole. */
  readonly render: (document: ScanDocument, options: RenderOptions) => Iterable<string>;
}

export const OUTPUT_FORMATS = ['text', 'json', 'sarif'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Every format and its renderer. */
export const RENDERERS: Readonly<Record<OutputFormat, Renderer>> = {
  text: {
    mediaType: 'text/plain; charset=utf-8',
    fileExtension: '.txt',
    render: (document, { palette }) => textChunks(document, palette ?? PLAIN_PALETTE),
  },
  json: {
    mediaType: 'application/json',
    fileExtension: '.json',
    render: (document) => jsonChunks(document),
  },
  sarif: {
    mediaType: 'application/sarif+json',
    fileExtension: '.sarif.json',
    render: (document) => sarifChunks(document),
  },
};

/** The formats of a comparison. */
export const DIFF_RENDERERS: Readonly<
  Record<OutputFormat, (document: DiffDocument, options: RenderOptions) => Iterable<string>>
> = {
  text: (document, { palette }) => diffTextChunks(document, palette ?? PLAIN_PALETTE),
  json: (document) => diffJsonChunks(document),
  sarif: (document) => diffSarifChunks(document),
};

/** A report in one text. */
export function renderDocument(
  format: OutputFormat,
  document: ScanDocument,
  options: RenderOptions = {},
): string {
  return [...RENDERERS[format].render(document, options)].join('');
}
