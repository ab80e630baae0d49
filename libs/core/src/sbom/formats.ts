import type { SbomFormat } from '@securescan/contracts';
import { cyclonedxChunks } from './cyclonedx';
import type { SbomDocument } from './sbom-document';
import { spdxChunks } from './spdx';

export interface SbomRenderer {
  readonly mediaType: string;
  /** With its dot, for downloads; as the formats themselves recommend it. */
  readonly fileExtension: string;
  /** Pieces of the text in order; joined they are the whole. */
  readonly render: (document: SbomDocument) => Iterable<string>;
}

export const SBOM_RENDERERS: Readonly<Record<SbomFormat, SbomRenderer>> = {
  cyclonedx: {
    mediaType: 'application/vnd.cyclonedx+json; version=1.6',
    fileExtension: '.cdx.json',
    render: cyclonedxChunks,
  },
  spdx: {
    mediaType: 'application/spdx+json',
    fileExtension: '.spdx.json',
    render: spdxChunks,
  },
};
