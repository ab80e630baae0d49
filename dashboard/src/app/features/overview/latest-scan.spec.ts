import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { aFinding, aScan, aSummary } from '../../../test/wire-samples';
import { LatestScan } from './latest-scan';
import { TopFindings } from './top-findings';

const SCAN = aScan({
  target_path: null,
  target_url: 'https://shop.test/',
  findings_count: 1,
  suppressed_count: 2,
});
const PLACED = aFinding({ file_path: null, line_start: null, metadata: { url: 'http://a.test/' } });
const SUPPRESSED = aFinding({ id: 'f-2', metadata: { suppressed_by: 'config' } });

function words(element: Element | null): string {
  return (element?.textContent ?? '').trim().split(/\s+/).join(' ');
}

describe('the latest scan', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
  });

  it('names the address that was scanned and counts what is suppressed', async () => {
    const fixture = TestBed.createComponent(LatestScan);
    fixture.componentRef.setInput('scan', SCAN);
    fixture.componentRef.setInput('summary', { state: 'value', value: aSummary() });
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    expect(words(element.querySelector('.target'))).toBe('https://shop.test/');
    expect(words(element.querySelector('.risk'))).toContain('2 suppressed');
  });

  async function topFindings(scan = SCAN): Promise<HTMLElement> {
    const fixture = TestBed.createComponent(TopFindings);
    fixture.componentRef.setInput('scan', scan);
    fixture.componentRef.setInput('findings', { state: 'value', value: [PLACED, SUPPRESSED] });
    await fixture.whenStable();
    return fixture.nativeElement as HTMLElement;
  }

  it('marks a suppressed one among the worst findings, and says where each is', async () => {
    const element = await topFindings();
    expect(words(element.querySelector('.more'))).toBe('All 1 and 2 suppressed');
    const [placed, suppressed] = [...element.querySelectorAll('li')];
    expect(words(placed?.querySelector('.text .mono') ?? null)).toBe('http://a.test/');
    expect(words(placed ?? null)).not.toContain('suppressed');
    expect(words(suppressed ?? null)).toContain('suppressed by the configuration, no reason given');
    expect(suppressed?.querySelector('.pill.dimmed')).not.toBeNull();
  });

  it('leads to the scan whose findings are all suppressed, too', async () => {
    const element = await topFindings({ ...SCAN, findings_count: 0 });
    expect(words(element.querySelector('.more'))).toBe('All 0 and 2 suppressed');
  });
});
