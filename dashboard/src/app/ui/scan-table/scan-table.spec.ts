import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { ScanBody } from '@securescan/contracts';
import { aScan, anImport } from '../../../test/wire-samples';
import { ScanTable, targetOf } from './scan-table';

describe('ScanTable', () => {
  async function cells(scan: ScanBody): Promise<string[]> {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(ScanTable);
    fixture.componentRef.setInput('caption', 'All scans');
    fixture.componentRef.setInput('scans', [scan]);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    const found = [...element.querySelectorAll('tbody td')];
    return found.map((cell) => cell.textContent.trim().split(/\s+/).join(' '));
  }

  it('counts what is suppressed apart from the findings', async () => {
    const [, , findings] = await cells(aScan({ findings_count: 4, suppressed_count: 3 }));
    expect(findings).toBe('4 3 suppressed');
  });

  it('says nothing of suppression where nothing is suppressed', async () => {
    const [, , findings] = await cells(aScan({ findings_count: 4 }));
    expect(findings).toBe('4');
  });

  it('says of an import that it is one, and which tools it tells of', async () => {
    const [target, , , , reporters] = await cells(anImport());
    expect([target, reporters]).toEqual([
      expect.stringMatching(/^github\.com\/ada\/shop.*imported$/),
      'codeql',
    ]);
  });

  it('asks for the order of a pressed column, and has none to press where nothing is sorted', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(ScanTable);
    fixture.componentRef.setInput('caption', 'Scans');
    fixture.componentRef.setInput('scans', []);
    await fixture.whenStable();
    const buttons = (): readonly HTMLButtonElement[] => [
      ...(fixture.nativeElement as HTMLElement).querySelectorAll<HTMLButtonElement>('th button'),
    ];
    expect(buttons()).toEqual([]);
    const asked: string[] = [];
    fixture.componentInstance.sorted.subscribe((sort) => asked.push(sort));
    fixture.componentRef.setInput('sort', 'newest');
    await fixture.whenStable();
    for (const button of buttons()) button.click();
    expect(asked).toEqual(['most_findings', 'highest_risk', 'oldest']);
  });

  it.each([
    [{ target_url: 'https://shop.test/' }, 'https://shop.test/'],
    [{ target_host: '10.1.2.0/24' }, '10.1.2.0/24'],
    [{ target_url: 'https://shop.test/', target_host: '10.1.2.3' }, 'https://shop.test/'],
    [{ project: 'this machine' }, 'this machine'],
  ])('names the place of a scan without a path: %j', async (change, expected) => {
    const scan = aScan({ target_path: null, ...change });
    expect(targetOf(scan)).toBe(expected);
    expect((await cells(scan))[0]).toContain(expected);
  });
});
