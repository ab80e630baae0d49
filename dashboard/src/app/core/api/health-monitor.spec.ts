import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { HealthMonitor } from './health-monitor';

const READY = {
  status: 'ready',
  checks: { db: { status: 'ok' }, scanners: { status: 'ok', count: 14 } },
};

describe('HealthMonitor', () => {
  let http: HttpTestingController;

  beforeEach(() => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    http.verify();
    jest.useRealTimers();
  });

  async function settle(): Promise<void> {
    await jest.advanceTimersByTimeAsync(0);
  }

  it('knows the parts and the version of a server that is ready', async () => {
    const monitor = TestBed.inject(HealthMonitor);
    expect(monitor.health().state).toBe('checking');
    http.expectOne('/ready').flush(READY);
    await settle();
    http.expectOne('/').flush({ name: 'SecureScan API', version: '1.2.3' });
    await settle();
    expect(monitor.health()).toMatchObject({
      state: 'connected',
      detail: 'database ok, 14 scanners known',
      version: '1.2.3',
    });
  });

  it('tells a server that is away from one that is not ready, and asks more often until it is', async () => {
    const monitor = TestBed.inject(HealthMonitor);
    http.expectOne('/ready').error(new ProgressEvent('error'));
    await settle();
    expect(monitor.health().state).toBe('offline');

    await jest.advanceTimersByTimeAsync(5_000);
    const words = { detail: 'Not ready: the database does not answer.', code: 'X' };
    http.expectOne('/ready').flush(words, { status: 503, statusText: 'Unavailable' });
    await settle();
    http.expectOne('/').error(new ProgressEvent('error'));
    await settle();
    expect(monitor.health()).toMatchObject({ state: 'not-ready', detail: words.detail });

    await jest.advanceTimersByTimeAsync(5_000);
    http.expectOne('/ready').flush(READY);
    await settle();
    http.expectOne('/').flush({ version: '1.2.3' });
    await settle();
    await jest.advanceTimersByTimeAsync(29_999);
    http.expectNone('/ready');
  });

  it('asks at once when the browser is back from being offline', async () => {
    TestBed.inject(HealthMonitor);
    http.expectOne('/ready').error(new ProgressEvent('error'));
    await settle();
    window.dispatchEvent(new Event('online'));
    http.expectOne('/ready').error(new ProgressEvent('error'));
    await settle();
  });
});
