import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import type { FindingWithStateBody } from '@securescan/contracts';
import { aFinding } from '../../../test/wire-samples';
import { FindingsTable } from './findings-table';
import { FindingsTableHarness } from './findings-table.harness';

const FIRST = aFinding({ id: 'f-1', severity: 'critical' });
const SECOND = aFinding({
  id: 'f-2',
  severity: 'low',
  title: 'No ignore file',
  scanner: 'git-hygiene',
  rule_id: 'no-gitignore',
  file_path: null,
  line_start: null,
});

describe('FindingsTable', () => {
  let fixture: ComponentFixture<FindingsTable>;

  async function show(findings: readonly FindingWithStateBody[]): Promise<FindingsTableHarness> {
    fixture = TestBed.createComponent(FindingsTable);
    fixture.componentRef.setInput('findings', findings);
    return TestbedHarnessEnvironment.harnessForFixture(fixture, FindingsTableHarness);
  }

  function element(): HTMLElement {
    return fixture.nativeElement as HTMLElement;
  }

  it('shows findings in the order in which they came', async () => {
    const table = await show([FIRST, SECOND]);
    expect(await table.cells()).toEqual([
      ['critical', 'src/orders.ts:12', FIRST.title, 'semgrep', 'sql-from-request'],
      ['low', 'whole target', SECOND.title, 'git-hygiene', 'no-gitignore'],
    ]);
  });

  it('opens and closes details by its button, which names what it controls', async () => {
    const table = await show([FIRST, SECOND]);
    expect(await table.isExpanded(0)).toBe(false);
    await table.toggleByButton(0);

    expect(await table.isExpanded(0)).toBe(true);
    expect(await table.isExpanded(1)).toBe(false);
    const controlled = element().querySelector(`[id="${await table.controlledId(0)}"]`);
    expect(controlled?.textContent).toContain(FIRST.description);
    await table.toggleByButton(0);
    expect(await table.openDetails()).toEqual([]);
  });

  it('opens by a click anywhere in the row, several at a time', async () => {
    const table = await show([FIRST, SECOND]);
    await table.toggleByRow(0);
    await table.toggleByRow(1);
    expect(await table.openDetails()).toHaveLength(2);
  });

  it('starts with all rows closed on another page', async () => {
    const table = await show([FIRST, SECOND]);
    await table.toggleByButton(0);
    fixture.componentRef.setInput('findings', [SECOND]);
    expect(await table.isExpanded(0)).toBe(false);
  });

  it('keeps a row open when the same findings are read again', async () => {
    const table = await show([FIRST, SECOND]);
    await table.toggleByButton(1);
    fixture.componentRef.setInput('findings', [{ ...SECOND }, { ...FIRST }]);
    expect([await table.isExpanded(0), await table.isExpanded(1)]).toEqual([true, false]);
  });

  it('shows code with the line of the finding marked, and every reporter', async () => {
    const table = await show([
      aFinding({
        metadata: { snippet: { start_line: 11, lines: ['const q = term;', 'db.query(q);', '}'] } },
        aliases: [
          ...FIRST.aliases,
          { scanner: 'bandit', rule_id: 'B608', fingerprint: 'cd'.repeat(32) },
        ],
      }),
    ]);
    await table.toggleByButton(0);
    const marked = [...element().querySelectorAll('.line.marked')].map((line) => line.textContent);
    expect(marked).toHaveLength(1);
    expect(marked[0]).toContain('db.query(q);');
    expect((await table.openDetails())[0]).toContain('also bandit as B608');
  });

  it('keeps the text of tools as text and links only to the web', async () => {
    const table = await show([
      aFinding({
        title: '<img src=x onerror=alert(1)>',
        description: '<script>alert(1)</script>',
        metadata: {
          references: ['javascript:alert(1)', 'https://example.org/a', 'data:text/html,x'],
        },
      }),
    ]);
    await table.toggleByButton(0);
    expect(element().querySelector('img, script')).toBeNull();
    expect((await table.openDetails())[0]).toContain('<script>alert(1)</script>');
    const links = [...element().querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      'https://example.org/a',
      'https://cwe.mitre.org/data/definitions/89.html',
    ]);
  });
});
