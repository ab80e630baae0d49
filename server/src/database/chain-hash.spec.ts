import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { hashOfRow, type StoredRow } from './chain-hash';
import { type ChainLink, ChainVerifier } from './chain-verifier';

const GENESIS: ChainLink = { seq: 0, hash: '0'.repeat(64) };

describe('the hash of a row', () => {
  const row: StoredRow = {
    seq: 7,
    occurred_at: '2026-01-31T12:00:00.000Z',
    action: 'scan.deleted',
    principal_id: null,
    actor: 'Zoë "admin" 😀',
    subject_type: 'scan',
    subject_id: 's-1',
    details_json: '{"project":"shop"}',
    previous_hash: GENESIS.hash,
    hash: 'not part of it',
  };

  it('is that of its columns as JSON, sorted, without white space, nulls and the hash itself', () => {
    const text =
      '{"action":"scan.deleted","actor":"Zoë \\"admin\\" 😀","details_json":"{\\"project\\":\\"shop\\"}",' +
      `"occurred_at":"2026-01-31T12:00:00.000Z","previous_hash":"${GENESIS.hash}","seq":7,` +
      '"subject_id":"s-1","subject_type":"scan"}';

    expect(hashOfRow(row)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(hashOfRow(row)).toBe('0bf8b586b9abc0be8f46b275217fd98804f7c88ea39b4d1c682c975d94fd8952');
  });

  it('stays the same when a column is added that is null in old rows', () => {
    expect(hashOfRow({ ...row, later: null })).toBe(hashOfRow(row));
  });

  it('tells null, the empty text, a number and its digits apart', () => {
    const values = [null, '', 1, '1', 'null'];
    expect(new Set(values.map((value) => hashOfRow({ ...row, subject_id: value }))).size).toBe(5);
  });
});

/** Any chain of two rows or more, as it would be stored. */
const chains = fc
  .array(
    fc.record({
      actor: fc.option(fc.string({ unit: 'grapheme' })),
      details_json: fc.json(),
      subject_id: fc.option(fc.string()),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((contents) => {
    const rows: StoredRow[] = [];
    let previous = GENESIS.hash;
    for (const [index, content] of contents.entries()) {
      const row = { ...content, seq: index + 1, previous_hash: previous };
      previous = hashOfRow(row);
      rows.push({ ...row, hash: previous });
    }
    return rows;
  });

/** What an intruder does to one row of a chain; `at` is its index. */
type Tampering = (rows: readonly StoredRow[], at: number) => StoredRow[];

function verify(rows: readonly StoredRow[], anchor = GENESIS) {
  const verifier = new ChainVerifier(anchor);
  for (const row of rows) {
    const problem = verifier.take(row);
    if (problem !== null) return problem;
  }
  return null;
}

function rehashed(row: StoredRow): StoredRow {
  return { ...row, hash: hashOfRow(row) };
}

function renumbered(rows: readonly StoredRow[]): StoredRow[] {
  return rows.map((row, index) => ({ ...row, seq: index + 1 }));
}

describe('a chain', () => {
  it('holds as it was written, and from any later anchor', () => {
    fc.assert(
      fc.property(chains, (rows) => {
        expect(verify(rows)).toBeNull();
        const [first, ...others] = rows;
        expect(verify(others, { seq: 1, hash: String(first?.['hash']) })).toBeNull();
      }),
    );
  });

  const anyColumn =
    (column: string, value: string | number | null): Tampering =>
    (rows, at) =>
      rows.map((row, index) => (index === at ? { ...row, [column]: value } : row));

  it.each<[string, Tampering]>([
    ['its actor', anyColumn('actor', 'someone else')],
    ['its details', anyColumn('details_json', '{ "not": "JSON that anybody writes" }')],
    ['its subject', anyColumn('subject_id', 'another scan')],
    ['the hash before', anyColumn('previous_hash', 'f'.repeat(64))],
    ['its hash', anyColumn('hash', 'f'.repeat(64))],
    ['a column that nobody knows', anyColumn('added', 'x')],
  ])('tells the row that has changed: %s', (_column, tamper) => {
    fc.assert(
      fc.property(chains, fc.nat(), (rows, any) => {
        const at = any % rows.length;
        expect(verify(tamper(rows, at))).toMatchObject({ seq: at + 1, reason: 'row_changed' });
      }),
    );
  });

  it.each<[string, Tampering, string, number]>([
    ['a row is gone', (rows, at) => rows.filter((_, i) => i !== at), 'row_missing', 0],
    [
      'a row is gone and the others have moved up',
      (rows, at) => renumbered(rows.filter((_, index) => index !== at)),
      'row_changed',
      0,
    ],
    [
      'a row is twice there',
      (rows, at) => renumbered(rows.flatMap((row, i) => (i === at ? [row, row] : [row]))),
      'row_changed',
      1,
    ],
    [
      'two rows have changed places',
      (rows, at) =>
        renumbered([
          ...rows.slice(0, at),
          ...rows.slice(at, at + 2).reverse(),
          ...rows.slice(at + 2),
        ]),
      'row_changed',
      0,
    ],
    [
      'a row was replaced together with its hash',
      (rows, at) =>
        rows.map((row, index) =>
          index === at ? rehashed({ ...row, actor: 'x'.repeat(99) }) : row,
        ),
      'row_replaced',
      1,
    ],
    [
      'a row was put in with a hash of its own',
      (rows, at) => [
        ...rows.slice(0, at),
        rehashed({ seq: at + 1, previous_hash: 'e'.repeat(64) }),
        ...rows.slice(at),
      ],
      'row_replaced',
      0,
    ],
  ])('tells where it parts: %s', (_what, tamper, reason, offset) => {
    fc.assert(
      fc.property(chains, fc.nat(), (rows, any) => {
        // The last row is left alone: no chain can tell what is missing behind it.
        const at = any % (rows.length - 1);
        expect(verify(tamper(rows, at))).toMatchObject({ seq: at + 1 + offset, reason });
      }),
    );
  });

  it('cannot tell that its end is cut off', () => {
    fc.assert(
      fc.property(chains, (rows) => {
        expect(verify(rows.slice(0, -1))).toBeNull();
      }),
    );
  });

  it('tells a row that retention had removed', () => {
    fc.assert(
      fc.property(chains, (rows) => {
        expect(verify(rows, { seq: 1, hash: String(rows[0]?.['hash']) })).toMatchObject({
          seq: 1,
          reason: 'row_returned',
        });
      }),
    );
  });
});
