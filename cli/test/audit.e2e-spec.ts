import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Workbench } from './support';

// Each step starts two programs, and the machine may be busy with other tests.
jest.setTimeout(90_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

const verify = (...words: string[]) => bench.run(['audit', 'verify', ...words]);

interface Verified {
  readonly intact: boolean;
  readonly chains: readonly {
    readonly entries: number;
    readonly last: { readonly hash: string };
  }[];
}

/** As whoever may write to the file can. */
function tamper(sql: string): void {
  const file = new Database(join(bench.home, '.securescan', 'scans.db'));
  file.exec('DROP TRIGGER trg_audit_log_update; DROP TRIGGER trg_audit_log_delete;');
  file.exec(sql);
  file.close();
}

it('finds what was written as it was, an end that was cut off, and the row that has changed', async () => {
  expect(await verify()).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no database') as string,
  });
  await bench.run(['keys', 'create', 'first']);
  await bench.run(['keys', 'create', 'second']);

  const first = await verify('--json');
  const verified = JSON.parse(first.stdout) as Verified;
  expect([first.code, first.stderr, verified.intact]).toEqual([0, '', true]);
  const { entries = 0, last } = verified.chains[0] ?? {};
  expect(entries).toBeGreaterThan(1);
  const text = await verify('--expect-last', last?.hash ?? '');
  expect(text.code).toBe(0);
  expect(text.stdout).toContain(
    `audit_log: ${entries} entries\n  last: row ${entries}, hash ${last?.hash ?? ''}\n`,
  );

  tamper(`DELETE FROM audit_log WHERE seq = ${entries}`);
  expect((await verify()).code).toBe(0);
  const cut = await verify('--expect-last', last?.hash ?? '');
  expect(cut.code).toBe(1);
  expect(cut.stdout).toContain(`No row has the expected hash ${last?.hash ?? ''}`);

  const file = new Database(join(bench.home, '.securescan', 'scans.db'));
  file.exec(`UPDATE audit_log SET actor = 'eve' WHERE seq = 1`);
  file.close();
  const broken = await verify();
  expect(broken.code).toBe(1);
  expect(broken.stdout).toContain('  BROKEN at row 1: Row 1 was changed after it was written.\n');
});

it.each([
  [['--expect-last', 'abc'], '--expect-last takes a hash'],
  [['--expect-last'], 'argument missing'],
  [['--repair'], "unknown option '--repair'"],
])('%j is a mistake', async (words, sentence) => {
  const { code, stdout, stderr } = await verify(...words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
});
