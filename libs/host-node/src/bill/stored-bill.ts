import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { SBOM_FORMATS, type SbomComponentBody, type SbomFormat } from '@securescan/contracts';
import { SBOM_RENDERERS, type SbomDocument } from '@securescan/core';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A third of the time of the usual level, for a fifth more bytes: a scan waits for it. */
const COMPRESSION = { level: 3 };
/** Characters of a document that are kept as one: some milliseconds of work for whoever reads them. */
const PART_CHARACTERS = 256 * 1024;
/** Of the list, from which pages are read. */
const PART_COMPONENTS = 250;
/** What a part holds when it is decompressed, and more than any part that we make. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a stored bill consists of: both documents as they are sent, and the list from which pages and differences are made. */
export type BillContent = SbomFormat | 'components';

/** What is told of a bill before what it lists. */
export interface BillHead {
  readonly name: string;
  readonly version: string | null;
  readonly isComplete: boolean;
  readonly componentCount: number;
}

export type BillPart =
  | { readonly kind: 'head'; readonly head: BillHead }
  /** `bytes` is gzip of UTF-8: a stretch of a document, or an array of up to 250 SbomComponentBody. */
  | { readonly kind: 'text'; readonly content: BillContent; readonly bytes: Uint8Array };

/** A bill as it is stored: its head, then its parts, those of one content in their order. Rejects once the signal is aborted. */
export async function storedBill(document: SbomDocument, signal: AbortSignal): Promise<BillPart[]> {
  const { projectName, projectVersion, isComplete, components } = document;
  const head: BillHead = {
    name: projectName,
    version: projectVersion,
    isComplete,
    componentCount: components.length,
  };
  const parts: BillPart[] = [{ kind: 'head', head }];
  for (const [content, texts] of contentsOf(document)) {
    for (const text of texts) {
      signal.throwIfAborted();
      parts.push({ kind: 'text', content, bytes: await compress(text, COMPRESSION) });
      await nextTurn();
    }
  }
  return parts;
}

/** The text of a part. */
export async function readBillText(bytes: Uint8Array): Promise<string> {
  return (await decompress(bytes, { maxOutputLength: MOST_BYTES })).toString('utf8');
}

function* contentsOf(document: SbomDocument): Generator<[BillContent, Iterable<string>]> {
  yield ['components', listOf(document)];
  for (const format of SBOM_FORMATS) {
    yield [format, stretches(SBOM_RENDERERS[format].render(document))];
  }
}

function* listOf({ components }: SbomDocument): Generator<string> {
  for (let start = 0; start < components.length; start += PART_COMPONENTS) {
    const some = components.slice(start, start + PART_COMPONENTS);
    yield JSON.stringify(some.map(toBody));
  }
}

function toBody(component: SbomDocument['components'][number]): SbomComponentBody {
  const { ref, purl, type, fullName, version, scope, licenses, foundIn } = component;
  return {
    ref,
    purl,
    type,
    name: fullName,
    version,
    scope,
    licenses: licenses.map(({ text }) => text),
    found_in: [...foundIn],
  };
}

/** Cut between pieces, none of which ends within a character. */
function* stretches(pieces: Iterable<string>): Generator<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < PART_CHARACTERS) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
