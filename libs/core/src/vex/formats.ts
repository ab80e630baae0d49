import type { VexFormat } from '@securescan/contracts';
import { cyclonedxVexChunks } from './cyclonedx-vex';
import { openvexChunks } from './openvex';
import type { VexDocument } from './vex-document';

export interface VexRenderer {
  readonly mediaType: string;
  /** With its dot, for downloads. */
  readonly fileExtension: string;
  /** Whether a document may say nothing: the schema of OpenVEX asks for a statement. */
  readonly mayBeEmpty: boolean;
  /** Pieces of the text in order; joined they are the whole. */
  readonly render: (document: VexDocument) => Iterable<string>;
}

export const VEX_RENDERERS: Readonly<Record<VexFormat, VexRenderer>> = {
  openvex: {
    // Nobody has registered one of its own.
    mediaType: 'application/json',
    fileExtension: '.openvex.json',
    mayBeEmpty: false,
    render: openvexChunks,
  },
  cyclonedx: {
    mediaType: 'application/vnd.cyclonedx+json; version=1.6',
    fileExtension: '.vex.cdx.json',
    mayBeEmpty: true,
    render: cyclonedxVexChunks,
  },
};
