import type { Severity, DiffFormat, ScanFormat } from '@securescan/contracts';
import type { Framework } from '../compliance/framework';
import { csvChunks } from './csv';
import type { DiffDocument } from './diff-document';
import { diffJsonChunks } from './diff-json';
import { diffSarifChunks } from './diff-sarif';
import { diffTextChunks } from './diff-text';
import type { ScanDocument } from './document';
import { diffCommentChunks } from './github/diff-comment';
import type { GitHubPlace } from './github/github-place';
import { reviewChunks } from './github/review';
import type { ReviewRequest } from './github/review-request';
import { scanCommentChunks } from './github/scan-comment';
import { htmlChunks } from './html/html';
import { jsonChunks } from './json';
import { junitChunks } from './junit';
import { sarifChunks } from './sarif/sarif';
import type { SarifLimits } from './sarif/limits';
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
  /** `github-pr-comment`, `github-review`: where the code is; by default nothing is linked. */
  readonly github?: GitHubPlace;
  /** `github-review`: by default nothing is known to be on a line of the pull request. */
  readonly review?: ReviewRequest;
  /** `html`: the operator's own frameworks, beside those that ship. */
  readonly frameworks?: readonly Framework[];
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
  'github-pr-comment': {
    mediaType: 'text/markdown; charset=utf-8; variant=GFM',
    fileExtension: '.md',
    render: (document, { github }) => scanCommentChunks(document, github),
  },
  html: {
    mediaType: 'text/html; charset=utf-8',
    fileExtension: '.html',
    render: (document, { frameworks }) => htmlChunks(document, { frameworks }),
  },
};

/** Every format of a comparison. */
export const DIFF_RENDERERS: Readonly<
  Record<DiffFormat, (document: DiffDocument, options: RenderOptions) => Iterable<string>>
> = {
  text: (document, { style }) => diffTextChunks(document, style),
  json: (document) => diffJsonChunks(document),
  sarif: (document, { sarifLimits }) => diffSarifChunks(document, sarifLimits),
  'github-pr-comment': (document, { github }) => diffCommentChunks(document, github),
  'github-review': (document, { github, review }) => reviewChunks(document, { github, ...review }),
};

/** A report in one text. */
export function renderDocument(
  format: ScanFormat,
  document: ScanDocument,
  options: RenderOptions = {},
): string {
  return [...SCAN_RENDERERS[format].render(document, options)].join('');
}
