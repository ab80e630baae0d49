import { TestBed } from '@angular/core/testing';
import type { FindingWithStateBody, ScanBody, ScanSummaryBody } from '@securescan/contracts';
import { aFinding, aScan, aSummary, anOutcome } from '../../../test/wire-samples';
import { FindingsSection } from './findings-section';
import { ScanSummaryStrip } from './scan-summary-strip';

const MUTED = aFinding({ metadata: { suppressed_by: 'inline' } });

function words(element: Element | null): string {
  return (element?.textContent ?? '').trim().split(/\s+/).join(' ');
}

describe('FindingsSection', () => {
  async function show(
    findings: readonly FindingWithStateBody[],
    summary: ScanSummaryBody,
  ): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(FindingsSection);
    const window = { start: 0, shown: 1, total: 1, isTotalExact: true };
    const inputs = {
      findings: { state: 'value', value: findings },
      summary: { state: 'value', value: summary },
      window: { ...window, hasPrevious: false, hasNext: false },
      isBusy: false,
      severity: null,
      scanner: null,
      scanners: ['semgrep'],
      outcomes: [anOutcome()],
    };
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  it('says how many of the listed findings are suppressed', async () => {
    const element = await show([MUTED], aSummary({ suppressed_findings: 3 }));
    expect(words(element.querySelector('.panel-head'))).toContain(
      '3 suppressed: listed, but not counted',
    );
  });

  it('says nothing of suppression where nothing is suppressed', async () => {
    const element = await show([aFinding()], aSummary());
    expect(words(element.querySelector('.panel-head'))).not.toContain('suppressed');
  });

  it('lists suppressed findings, to be narrowed like any others, where no other is', async () => {
    const summary = aSummary({ total_findings: 0, high: 0, medium: 0, suppressed_findings: 1 });
    const element = await show([MUTED], summary);
    expect(element.querySelectorAll('tr.row')).toHaveLength(1);
    expect(element.querySelector('app-findings-filter select')).not.toBeNull();
  });

  it('offers no filter where nothing was found', async () => {
    const none = aSummary({ total_findings: 0, high: 0, medium: 0 });
    const element = await show([], none);
    expect(element.querySelector('app-findings-filter')).toBeNull();
    expect(words(element)).toContain('Nothing was found');
  });
});

describe('ScanSummaryStrip', () => {
  async function findingsOf(scan: ScanBody): Promise<string[]> {
    const fixture = TestBed.createComponent(ScanSummaryStrip);
    fixture.componentRef.setInput('scan', scan);
    fixture.componentRef.setInput('summary', { state: 'loading' });
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    return [...element.querySelectorAll('.findings dd > span')].map((part) => words(part));
  }

  it('counts what is suppressed apart', async () => {
    expect(await findingsOf(aScan({ findings_count: 2, suppressed_count: 5 }))).toEqual([
      '2',
      '5 suppressed',
    ]);
    expect(await findingsOf(aScan({ findings_count: 2 }))).toEqual(['2']);
  });
});
