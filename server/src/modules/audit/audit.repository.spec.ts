import {
  openTemporaryDatabase,
  type TemporaryDatabase,
} from '../../../test/support/temporary-database';
import { type AuditFilter, AuditRepository } from './audit.repository';

const EVERYTHING: AuditFilter = {
  subjectId: null,
  principalId: null,
  actor: null,
  action: null,
  subjectType: null,
  since: null,
  until: null,
};
const RANGE = { since: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z' };

/** By what leaves the fewest rows. */
const INDEXES = [
  ['subjectId', 'idx_audit_log_subject'],
  ['principalId', 'idx_audit_log_principal'],
  ['actor', 'idx_audit_log_actor'],
  ['action', 'idx_audit_log_action'],
  ['subjectType', 'idx_audit_log_subject_type'],
] as const;

/** Every set of the filters, with and without a time. */
const CASES = Array.from({ length: 2 ** (INDEXES.length + 1) }, (_, bits) => {
  const chosen = INDEXES.filter((_index, place) => (bits >> place) % 2 === 1);
  const hasRange = bits >> INDEXES.length === 1;
  const filter: AuditFilter = {
    ...EVERYTHING,
    ...Object.fromEntries(chosen.map(([name]) => [name, 'x'])),
    ...(hasRange ? RANGE : {}),
  };
  const words = [...chosen.map(([name]) => name), ...(hasRange ? ['time'] : [])];
  return { words: words.join(', ') || 'no filter', filter, index: chosen[0]?.[1] };
});

describe('the database answers a page of the audit log', () => {
  let temporary: TemporaryDatabase;
  let repository: AuditRepository;

  beforeAll(async () => {
    temporary = await openTemporaryDatabase();
    repository = new AuditRepository(temporary.read);
  });

  afterAll(async () => {
    await temporary.dispose();
  });

  async function planOf(filter: AuditFilter, isFirst: boolean): Promise<string> {
    const after = isFirst ? null : { occurredAt: RANGE.until, seq: 9 };
    const [sql, parameters] = repository.pageQuery(filter, after, 101).getQueryAndParameters();
    const rows = await temporary.read.manager.query<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN ${sql}`,
      parameters,
    );
    return rows.map(({ detail }) => detail).join('\n');
  }

  it.each(CASES)('by one index and without sorting: $words', async ({ filter, index }) => {
    for (const isFirst of [true, false]) {
      const plan = await planOf(filter, isFirst);

      expect(plan).toContain(`USING INDEX ${index ?? 'idx_audit_log_occurred'}`);
      expect(plan).not.toContain('TEMP B-TREE');
      if (index !== undefined) expect(plan).toContain('SEARCH');
    }
  });
});
