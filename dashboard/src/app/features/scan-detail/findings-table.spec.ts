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

  it('marks what is suppressed, with the reason, for eyes and for screen readers', async () => {
    const table = await show([
      { ...FIRST, metadata: { suppressed_by: 'inline', suppression_reason: 'nosem: checked' } },
      { ...SECOND, metadata: { suppressed_by: 'baseline' } },
      aFinding({ id: 'f-3' }),
    ]);
    const titles = (await table.cells()).map(([, , title]) => title);
    expect(titles[0]).toMatch(/suppressed by a comment in the code: nosem: checked$/);
    expect(titles[1]).toMatch(/suppressed by the baseline, no reason given$/);
    expect(titles[2]).toBe(FIRST.title);
    expect(await table.dimmedRows()).toEqual([true, true, false]);
    expect(await table.toggleNames()).toEqual([
      `Details of ${FIRST.title}, suppressed`,
      `Details of ${SECOND.title}, suppressed`,
      `Details of ${FIRST.title}`,
    ]);
  });

  it('says where a finding is that is in no file', async () => {
    const nowhere = { file_path: null, line_start: null };
    const table = await show([
      aFinding({ id: 'a', ...nowhere, metadata: { host_addr: '10.1.2.3', port: 22 } }),
      aFinding({ id: 'b', ...nowhere, metadata: { url: 'http://shop.test/a' } }),
    ]);
    const places = (await table.cells()).map(([, place]) => place);
    expect(places).toEqual(['10.1.2.3:22', 'http://shop.test/a']);
  });

  it('lists what is known of a package under human names', async () => {
    const table = await show([
      aFinding({
        scanner: 'npm-audit',
        scan_type: 'dependency',
        metadata: {
          colour: 'red',
          advisories: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
          installed_version: '4.17.20',
          package: 'lodash',
        },
      }),
    ]);
    await table.toggleByButton(0);
    expect(await table.knownFacts()).toEqual([
      ['Package', 'lodash'],
      ['Installed', '4.17.20'],
      ['Advisories', 'CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
    ]);
    expect((await table.openDetails())[0]).not.toContain('red');
  });

  it('keeps the text of tools as text and links only to the web', async () => {
    const table = await show([
      aFinding({
        title: '<img src=x onerror=alert(1)>',
        description: '<script>alert(1)</script>',
        metadata: {
          references: [
            'javascript:alert(1)',
            'https://example.org/a',
            'data:text/html,x',
            'https://example.org/a',
            'https://',
            7,
          ],
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
    const reference = element().querySelector('.references a');
    expect(reference?.getAttribute('rel')).toBe('noopener noreferrer nofollow');
    expect(reference?.getAttribute('target')).toBe('_blank');
    const written = [...element().querySelectorAll('.references li')].map((item) =>
      item.textContent.trim(),
    );
    expect(written).toEqual([
      'javascript:alert(1)',
      'https://example.org/a',
      'data:text/html,x',
      'https://',
    ]);
  });
});
