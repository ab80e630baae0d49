import { Injectable } from '@nestjs/common';
import type { FindingStateBody, FindingWithStateBody } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { nextTurn } from '../../common/next-turn';
import { Page } from '../../common/pagination';
import { UNIT_ROWS } from '../../database/insert-rows';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { VerdictsService } from '../triage/verdicts.service';
import { FindingListQueryDto } from './dto/finding-list.dto';
import { type StoredFinding, toFinding, toFindingLine, toFindingWithState } from './finding.mapper';
import { FindingsRepository } from './findings.repository';
import { type FindingList, FindingLists } from './lists/finding-lists';
import type { ListedScan } from './lists/listed-scan';
import type { FindingFilterName } from './lists/offered-lists';

/** Rows of a stream that are read and written as one: some milliseconds of work. */
const LINES_OF_A_CHUNK = 400;
const POSITIONS_OF_A_CHUNK = 5000;

@Injectable()
export class FindingsService {
  constructor(
    private readonly findings: FindingsRepository,
    private readonly lists: FindingLists,
    private readonly verdicts: VerdictsService,
    private readonly units: UnitOfWork,
  ) {}

  /** A page of a completed scan's findings, each with the verdict on it. */
  async page(scan: ListedScan, query: FindingListQueryDto): Promise<Page<FindingWithStateBody>> {
    const list = await this.lists.open(scan, query);
    const positions = await list.next(query.limit + 1);
    const shown = positions.slice(0, query.limit);
    const last = positions.length > shown.length ? shown.at(-1) : undefined;
    const items = await this.withStates(scan, shown, toFindingWithState);
    const { count, isExact } = await list.total();
    return new Page(items, last === undefined ? null : list.cursorAt(last), { count, isExact });
  }

  /**
   * All findings of a list as lines of JSON, some hundred at a time, each read when the one before has been taken; `limit`
   * has no say.
   */
  async lines(scan: ListedScan, query: FindingListQueryDto): Promise<AsyncIterable<string>> {
    return this.chunksOf(scan, await this.lists.open(scan, query));
  }

  /** The findings at some positions of a completed scan, in the order of those, each with the verdict on it. */
  async at(
    scan: Pick<ListedScan, 'id' | 'project'>,
    positions: readonly number[],
  ): Promise<FindingWithStateBody[]> {
    return this.withStates(scan, positions, toFindingWithState);
  }

  /** Findings of any scans by their numbers, in the order of those, each with the verdict that counts in its project. */
  async numbered(
    wanted: readonly { readonly number: number; readonly project: string }[],
  ): Promise<(FindingWithStateBody & { readonly number: number })[]> {
    const byNumber = await this.findings.numbered(wanted.map(({ number }) => number));
    const prints = new Map<string, Set<string>>();
    for (const { number, project } of wanted) {
      const row = byNumber.get(number);
      const ofProject = prints.get(project) ?? new Set();
      if (row !== undefined) prints.set(project, ofProject.add(row.fingerprint));
    }
    const states = new Map<string, ReadonlyMap<string, FindingStateBody>>();
    for (const [project, fingerprints] of prints) {
      states.set(project, await this.verdicts.verdictsFor(project, [...fingerprints]));
    }
    return wanted.flatMap(({ number, project }) => {
      const row = byNumber.get(number);
      if (row === undefined) return [];
      const state = states.get(project)?.get(row.fingerprint) ?? null;
      return [{ ...toFindingWithState(row, state), number }];
    });
  }

  /** The fingerprints of all findings of a list, some hundred at a time; one that occurs more often comes as often. */
  async *fingerprints(scan: ListedScan, query: FindingListQueryDto): AsyncGenerator<string[]> {
    const list = await this.lists.open(scan, query);
    for (;;) {
      const positions = await list.next(LINES_OF_A_CHUNK);
      if (positions.length === 0) return;
      yield await this.findings.fingerprintsAt(scan.id, positions);
      await nextTurn();
    }
  }

  /** The positions of all findings that pass the filters, ascending. */
  async positions(
    scan: ListedScan,
    filters: Pick<FindingListQueryDto, FindingFilterName>,
  ): Promise<Int32Array> {
    const list = await this.lists.open(scan, Object.assign(new FindingListQueryDto(), filters));
    const found: number[] = [];
    for (;;) {
      const some = await list.next(POSITIONS_OF_A_CHUNK);
      for (const position of some) found.push(position);
      if (some.length < POSITIONS_OF_A_CHUNK) return Int32Array.from(found);
      await nextTurn();
    }
  }

  /** All findings of a completed scan in canonical order, some hundred at a time. */
  all(scanId: string, count: number): AsyncGenerator<readonly Finding[]> {
    return this.chosen(
      scanId,
      Int32Array.from({ length: count }, (_, position) => position),
    );
  }

  /** The findings at some positions of a completed scan, in the order of those, some hundred at a time. */
  async *chosen(scanId: string, positions: Int32Array): AsyncGenerator<readonly Finding[]> {
    for (let first = 0; first < positions.length; first += LINES_OF_A_CHUNK) {
      const some = [...positions.subarray(first, first + LINES_OF_A_CHUNK)];
      yield (await this.findings.at(scanId, some)).map(toFinding);
      await nextTurn();
    }
  }

  /** Writes the next of a scan's findings, as one unit. They count for nothing until the scan's status says `completed`. */
  async append(
    scanId: string,
    findings: readonly Finding[],
    { after, signal }: { readonly after: number; readonly signal: AbortSignal },
  ): Promise<void> {
    signal.throwIfAborted();
    await this.units.run(async (tx) => {
      await this.findings.insert(tx, scanId, { findings, after });
      await this.verdicts.noteAliases(tx, findings);
    });
  }

  /** From which number to which a scan's findings may be; none for one that never had any. */
  async numbersOf(scanId: string): Promise<{ readonly first: number; readonly last: number }> {
    return this.findings.numbersOf(scanId);
  }

  /** Removes whatever findings a scan has, chunk by chunk, until none are left or it is told to stop. */
  async removeAll(scanId: string, shouldStop: () => boolean = () => false): Promise<void> {
    const steps = [
      (tx: Transaction) => this.findings.removeRuns(tx, scanId, UNIT_ROWS),
      (tx: Transaction) => this.findings.removeSome(tx, scanId, UNIT_ROWS),
    ];
    for (const step of steps) {
      let isMore = true;
      while (isMore && !shouldStop()) isMore = await this.units.run(step);
    }
  }

  private async withStates<T>(
    scan: Pick<ListedScan, 'id' | 'project'>,
    positions: readonly number[],
    show: (stored: StoredFinding, state: FindingStateBody | null) => T,
  ): Promise<T[]> {
    const rows = await this.findings.at(scan.id, positions);
    const fingerprints = [...new Set(rows.map((row) => row.fingerprint))];
    const states = await this.verdicts.verdictsFor(scan.project, fingerprints);
    return rows.map((row) => show(row, states.get(row.fingerprint) ?? null));
  }

  private async *chunksOf(scan: ListedScan, list: FindingList): AsyncGenerator<string> {
    for (;;) {
      const positions = await list.next(LINES_OF_A_CHUNK);
      if (positions.length === 0) return;
      const lines = await this.withStates(scan, positions, toFindingLine);
      yield lines.join('');
      await nextTurn();
    }
  }
}
