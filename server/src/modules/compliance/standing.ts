import type { ControlRow, StandingOutcome, StandingScan } from './compliance.repository';

/** What the latest scan in which a scanner completed says of a target. */
interface Word {
  readonly scanId: string;
  readonly scanner: string;
  readonly hasTested: boolean;
}

/**
 * How things stand after some scans: of each target, what every scanner said when it last completed. A scanner that failed later
 * takes nothing back, and one that completed and found no file of its kind does.
 */
export class Standing {
  private readonly words = new Map<string, Word>();
  /** By scan, those controls that its findings are about; read once for each scan that has a say. */
  private readonly known = new Map<string, readonly ControlRow[]>();

  /** Scans have to come in their order. */
  add({ id, project, target }: StandingScan, outcomes: readonly StandingOutcome[]): void {
    for (const { scanner, filesAssessed } of outcomes) {
      this.words.set(JSON.stringify([project, target, scanner]), {
        scanId: id,
        scanner,
        hasTested: filesAssessed !== 0,
      });
    }
  }

  /** Scans that have a say, and of which nothing was learnt yet. */
  unknown(): readonly string[] {
    const ids = new Set([...this.words.values()].map(({ scanId }) => scanId));
    for (const id of this.known.keys()) if (!ids.has(id)) this.known.delete(id);
    return [...ids].filter((id) => !this.known.has(id));
  }

  learn(scanIds: readonly string[], rows: readonly ControlRow[]): void {
    const byScan = Map.groupBy(rows, ({ scanId }) => scanId);
    for (const id of scanIds) this.known.set(id, byScan.get(id) ?? []);
  }

  /** By tag, the active findings. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { scanId, scanner } of this.words.values()) {
      for (const row of this.known.get(scanId) ?? []) {
        if (row.scanner !== scanner) continue;
        counts.set(row.tag, (counts.get(row.tag) ?? 0) + row.findings);
      }
    }
    return counts;
  }

  /** Scanners that have looked at something, of one target at least. */
  testers(): ReadonlySet<string> {
    return new Set(
      [...this.words.values()].flatMap(({ scanner, hasTested }) => (hasTested ? [scanner] : [])),
    );
  }
}
