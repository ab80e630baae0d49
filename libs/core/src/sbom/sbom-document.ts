import { namedProject } from '../render/document';
import { sha256HexOfChunks } from '../fingerprint/sha256';
import { compareCodePoints } from '../order/compare-code-points';
import { redactSecrets } from '../secrets/redact';
import { takeInventory, type FoundLockfile, type Inventory } from './inventory';

/**
 * What every bill of materials is rendered from. It holds no random value and no path of the machine, and no time but one that
 * somebody chose: the same lock files give the same bytes on every machine (ADR 0030).
 */
export interface SbomDocument extends Inventory {
  readonly toolVersion: string;
  /** Who listed the components, where it was not us. */
  readonly lister: { readonly name: string; readonly version: string | null } | null;
  readonly projectName: string;
  readonly projectVersion: string | null;
  /** ISO 8601 in UTC with whole seconds; `null` where nobody chose one. */
  readonly created: string | null;
  /** False where it is known that something is missing. */
  readonly isComplete: boolean;
  /** What was left out or guessed, a sentence each; sorted. */
  readonly notes: readonly string[];
}

export interface SbomFacts {
  readonly toolVersion: string;
  readonly lister: SbomDocument['lister'];
  /** Takes the place of what the lock files call the project. */
  readonly chosenName: string | null;
  /** Where neither is said: the repository's origin, which may be but a path. */
  readonly project: string | null;
  readonly created: Date | null;
  readonly isComplete: boolean;
  /** Beside those of the lock files. */
  readonly notes: readonly string[];
}

const NAMELESS = 'unnamed-project';

/** A document of the lock files of a project, whatever their order. */
export function toSbomDocument(files: readonly FoundLockfile[], facts: SbomFacts): SbomDocument {
  const { projectName = null, projectVersion = null } = namingLockfile(files) ?? {};
  const notes = files.flatMap(({ path, lockfile }) =>
    lockfile.notes.map((note) => `${path}: ${note}`),
  );
  return {
    ...takeInventory(files),
    toolVersion: facts.toolVersion,
    lister: facts.lister,
    projectName: shown(facts.chosenName ?? projectName ?? namedProject(facts.project) ?? NAMELESS),
    projectVersion: projectVersion === null ? null : shown(projectVersion),
    created: facts.created === null ? null : secondsOf(facts.created),
    isComplete: facts.isComplete,
    notes: [...new Set([...facts.notes, ...notes].map(shown))].sort(compareCodePoints),
  };
}

/** Of the lock files that name the project, the one nearest to the root. */
function namingLockfile(files: readonly FoundLockfile[]): FoundLockfile['lockfile'] | undefined {
  const depth = ({ path }: FoundLockfile): number => path.split('/').length;
  return files
    .filter(({ lockfile }) => lockfile.projectName !== null)
    .sort((a, b) => depth(a) - depth(b) || compareCodePoints(a.path, b.path))[0]?.lockfile;
}

function shown(text: string): string {
  return redactSecrets(text.toWellFormed());
}

function secondsOf(instant: Date): string {
  return `${instant.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
}

/**
 * A UUID of version 8 (RFC 9562, 5.8) made of the SHA-256 of a document without its id, in pieces: equal documents have equal ids,
 * different ones different ids.
 */
export function contentUuid(chunks: Iterable<string>): string {
  const hex = sha256HexOfChunks(chunks);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
