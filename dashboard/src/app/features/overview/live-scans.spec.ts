import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { aScan } from '../../../test/wire-samples';
import { LiveScans } from './live-scans';

const NOTHING_YET = { ended: 0, total: 0 };

describe('the scans that run now', () => {
  it('say how far each has come, as a bar only once that is known, and lead to its page', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const fixture = TestBed.createComponent(LiveScans);
    fixture.componentRef.setInput('scans', [
      { scan: aScan({ id: 's3', status: 'pending' }), progress: NOTHING_YET },
      { scan: aScan({ id: 's2', status: 'running' }), progress: NOTHING_YET },
      { scan: aScan({ id: 's1', status: 'running' }), progress: { ended: 2, total: 5 } },
    ]);
    await fixture.whenStable();
    const rows = [...(fixture.nativeElement as HTMLElement).querySelectorAll('li')];
    expect(rows.map((row) => row.querySelector('[role="status"]')?.textContent.trim())).toEqual([
      'waits for its turn',
      'has begun',
      '2 of 5 scanners have ended',
    ]);
    expect(rows.map((row) => row.querySelector('progress')?.position)).toEqual([
      undefined,
      undefined,
      0.4,
    ]);
    expect(rows.map((row) => row.querySelector('a')?.getAttribute('href'))).toEqual([
      '/scan/s3',
      '/scan/s2',
      '/scan/s1',
    ]);
  });
});
