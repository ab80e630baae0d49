import { Injectable } from '@nestjs/common';
import type { VerdictChangeCause } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingAliases } from './finding-aliases.repository';
import { KnownFindings } from './known-findings.repository';
import { ProjectFindingStateEntity } from './project-finding-state.entity';
import { countingOf } from './verdict-choice';
import {
  type Author,
  BY_ITSELF,
  hasLapsed,
  lapsedRow,
  rowAt,
  saysTheSame,
  type VerdictContent,
  type VerdictRow,
} from './verdict-row';
import { type VerdictChangeRecord, VerdictHistory } from './verdict-history.repository';
import { VerdictsRepository } from './verdicts.repository';

/** One step of a verdict: what there was, and what there is from then on. `null` for no row. */
export interface VerdictChange {
  readonly fingerprint: string;
  readonly project: string | null;
  readonly cause: VerdictChangeCause;
  readonly from: VerdictRow | null;
  readonly to: VerdictRow | null;
  /** When this was found out. */
  readonly at: string;
  readonly by: Author;
}

/** Columns in the order in which rows are bound. */
const COLUMNS = [
  ['fingerprint', 'fingerprint'],
  ['status', 'status'],
  ['note', 'note'],
  ['reason', 'reason'],
  ['assignee', 'assignee'],
  ['expires_at', 'expiresAt'],
  ['updated_at', 'updatedAt'],
  ['updated_by', 'updatedBy'],
  ['principal_id', 'principalId'],
  ['cause', 'cause'],
] as const satisfies readonly (readonly [string, keyof VerdictRow])[];

/** Rows per statement, which takes a few milliseconds. */
const STATEMENT_ROWS = 250;

const NOTHING = {
  status: null,
  note: null,
  reason: null,
  assignee: null,
  expiresAt: null,
} as const;

/** The only writer of verdicts: a change and its line in the history are one. */
@Injectable()
export class VerdictChanges {
  constructor(
    private readonly verdicts: VerdictsRepository,
    private readonly history: VerdictHistory,
    private readonly known: KnownFindings,
    private readonly aliases: FindingAliases,
  ) {}

  /** The row as it is stored, for whoever changes it. */
  async stored(
    tx: Transaction,
    project: string | null,
    fingerprint: string,
  ): Promise<VerdictRow | null> {
    const rows = await this.storedMany(tx, project, [fingerprint]);
    return rows.get(fingerprint) ?? null;
  }

  /** The same for many, by fingerprint. */
  async storedMany(
    { manager }: Transaction,
    project: string | null,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, VerdictRow>> {
    const rows =
      project === null
        ? await this.verdicts.everywhere(fingerprints, manager)
        : await this.verdicts.inProject(project, fingerprints, manager);
    return new Map(rows.map((row) => [row.fingerprint, row]));
  }

  /** What is stored about one finding. */
  async standing(tx: Transaction, project: string | null, fingerprint: string): Promise<Standing> {
    const standings = await this.standings(tx, project, [fingerprint]);
    return standings.get(fingerprint) ?? NOTHING_STANDS;
  }

  /** The same for many, by fingerprint, in their order. */
  async standings(
    tx: Transaction,
    project: string | null,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, Standing>> {
    const aliases = await this.aliases.of(fingerprints, tx.manager);
    const all = [...new Set([...fingerprints, ...[...aliases.values()].flat()])];
    const rows = await this.storedMany(tx, project, all);
    return new Map(
      fingerprints.map((fingerprint) => [
        fingerprint,
        {
          stored: rows.get(fingerprint) ?? null,
          others: (aliases.get(fingerprint) ?? []).flatMap((alias) => rows.get(alias) ?? []),
        },
      ]),
    );
  }

  /** Makes a verdict for everywhere, `new`, where there is no row yet. @throws FindingNotFoundError */
  async ensureRow(
    tx: Transaction,
    { fingerprint, at, by }: Pick<VerdictChange, 'fingerprint' | 'at' | 'by'>,
  ): Promise<void> {
    if ((await this.stored(tx, null, fingerprint)) !== null) return;
    await this.known.assertKnown(fingerprint);
    const to: VerdictRow = {
      ...NOTHING,
      status: 'new',
      fingerprint,
      project: null,
      updatedAt: at,
      updatedBy: by.name,
      principalId: by.principalId,
      cause: 'comment',
    };
    const change = {
      fingerprint,
      project: null,
      cause: 'comment',
      from: null,
      to,
      at,
      by,
    } as const;
    await this.write(tx, [change]);
  }

  /** Writes changes, those of one verdict in the order in which they happened. */
  async write(tx: Transaction, changes: readonly VerdictChange[]): Promise<void> {
    const last = new Map(
      changes.map((change) => [JSON.stringify([change.project, change.fingerprint]), change]),
    );
    const standing = [...last.values()].flatMap(({ to }) => to ?? []);
    await putEverywhere(
      tx,
      standing.filter(({ project }) => project === null),
    );
    await putInProjects(
      tx,
      standing.filter(({ project }) => project !== null),
    );
    for (const { project, fingerprint, to } of last.values()) {
      if (to !== null || project === null) continue;
      await tx.manager.delete(ProjectFindingStateEntity, { project, fingerprint });
    }
    await this.history.append(tx, changes.map(recordOf));
    for (const change of changes) await tell(tx, change);
  }
}

/** What is stored about a finding in a project, or for everywhere. */
export interface Standing {
  /** Under the fingerprint itself. */
  readonly stored: VerdictRow | null;
  /** Under its others, of which one may count instead. */
  readonly others: readonly VerdictRow[];
}

const NOTHING_STANDS: Standing = { stored: null, others: [] };

/** What somebody says about a verdict, and when. */
export interface Decision {
  readonly project: string | null;
  readonly content: VerdictContent;
  readonly at: string;
  readonly by: Author;
}

/** The steps to a decision, and what stands after them. */
export interface StepsToDecision {
  readonly steps: readonly VerdictChange[];
  /** The verdict before, as it held at that time. */
  readonly from: VerdictRow | null;
  readonly to: VerdictRow;
}

/** How to get from what is stored to a decision: by no step where that has been decided already. */
export function stepsTo(
  { project, content, at, by }: Decision,
  fingerprint: string,
  { stored, others }: Standing,
): StepsToDecision {
  const from = rowAt(stored, at);
  const counting = countingOf([from, ...others].flatMap((row) => rowAt(row, at) ?? []));
  if (from?.cause === 'decision' && counting === from && saysTheSame(from, content)) {
    return { steps: [], from, to: from };
  }
  const named = { updatedAt: at, updatedBy: by.name, principalId: by.principalId };
  const to: VerdictRow = { ...content, ...named, fingerprint, project, cause: 'decision' };
  const change = { fingerprint, project, cause: 'decision', from, to, at, by } as const;
  return { steps: [...lapseBefore(stored, at), change], from, to };
}

/** That a verdict had lapsed is written down before any other step, if nobody came to it yet. */
export function lapseBefore(stored: VerdictRow | null, at: string): VerdictChange[] {
  return stored !== null && hasLapsed(stored, at) ? [expiryOf(stored, at)] : [];
}

/** The change that time makes. */
export function expiryOf(row: VerdictRow, now: string): VerdictChange {
  const { fingerprint, project } = row;
  const to = lapsedRow(row);
  return { fingerprint, project, cause: 'expiry', from: row, to, at: now, by: BY_ITSELF };
}

async function tell(tx: Transaction, { cause, from }: VerdictChange): Promise<void> {
  if (cause !== 'expiry' || from === null) return;
  const { fingerprint, project, status } = from;
  await tx.publish('verdict.lapsed', { fingerprint, project, status });
}

function recordOf({ from, to, ...change }: VerdictChange): VerdictChangeRecord {
  const { status, note, reason, assignee, expiresAt } = to ?? NOTHING;
  const before = from ?? NOTHING;
  return {
    fingerprint: change.fingerprint,
    project: change.project,
    cause: change.cause,
    fromStatus: before.status,
    toStatus: status,
    note,
    reason,
    assignee,
    // What has lapsed tells when it did.
    expiresAt: change.cause === 'expiry' ? before.expiresAt : expiresAt,
    changedAt: change.at,
    changedBy: change.by.name,
    principalId: change.by.principalId,
  };
}

const UPDATES = COLUMNS.slice(1)
  .map(([name]) => `"${name}" = excluded."${name}"`)
  .join(', ');
const NAMES = COLUMNS.map(([name]) => `"${name}"`).join(', ');

function valuesOf(row: VerdictRow): unknown[] {
  return COLUMNS.map(([, property]) => row[property]);
}

async function putEverywhere(tx: Transaction, rows: readonly VerdictRow[]): Promise<void> {
  await inStatements(rows, async (some) => {
    const places = some.map(() => `(${COLUMNS.map(() => '?').join(', ')})`).join(', ');
    await tx.manager.query(
      `INSERT INTO "finding_states" (${NAMES}) VALUES ${places}
      ON CONFLICT ("fingerprint") DO UPDATE SET ${UPDATES}`,
      some.flatMap(valuesOf),
    );
  });
}

async function putInProjects(tx: Transaction, rows: readonly VerdictRow[]): Promise<void> {
  await inStatements(rows, async (some) => {
    const places = some.map(() => `(?, ${COLUMNS.map(() => '?').join(', ')})`).join(', ');
    await tx.manager.query(
      `INSERT INTO "project_finding_states" ("project", ${NAMES}) VALUES ${places}
      ON CONFLICT ("project", "fingerprint") DO UPDATE SET ${UPDATES}`,
      some.flatMap((row) => [row.project, ...valuesOf(row)]),
    );
  });
}

async function inStatements(
  rows: readonly VerdictRow[],
  write: (some: readonly VerdictRow[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += STATEMENT_ROWS) {
    await write(rows.slice(start, start + STATEMENT_ROWS));
  }
}
