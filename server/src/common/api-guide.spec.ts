import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, SCOPES, VERDICTS, VEX_JUSTIFICATIONS } from '@securescan/contracts';
import { FINDING_FILTERS, FINDING_SORTS } from '../modules/findings/lists/offered-lists';
import { STATUS_BY_CODE } from './describe-error';

const read = (name: string): string => readFileSync(join(__dirname, '../../../docs', name), 'utf8');
const GUIDE = read('api.md');

it('gives every code that it lists the status that it has', () => {
  const rows = [...GUIDE.matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) /gm)];
  expect(rows.length).toBeGreaterThan(30);
  for (const [, code = '', status] of rows) {
    expect(ERROR_CODES).toContain(code);
    expect([code, STATUS_BY_CODE[code as keyof typeof STATUS_BY_CODE]]).toEqual([
      code,
      Number(status),
    ]);
  }
});

it('names every filter and order of the list of findings, and every scope', () => {
  for (const word of [...FINDING_FILTERS, ...FINDING_SORTS]) expect(GUIDE).toContain(`\`${word}\``);
  for (const scope of SCOPES) expect(read('auth.md')).toContain(`| \`${scope}\``);
});

it('names every verdict, and for every reason what VEX calls it', () => {
  const guide = read('triage.md');
  for (const verdict of VERDICTS) expect(guide).toContain(`| \`${verdict}\``);
  const rows = [...guide.matchAll(/^\| `(\w+)` +\| `(\w+)` +\| `(\w+)` +\|$/gm)];
  expect(rows.map(([, reason, openvex, cyclonedx]) => [reason, { openvex, cyclonedx }])).toEqual(
    Object.entries(VEX_JUSTIFICATIONS),
  );
});
