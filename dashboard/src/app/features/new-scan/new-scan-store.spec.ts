import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { aScan, aScannerStatus } from '../../../test/wire-samples';
import { NewScanStore } from './new-scan-store';

const STATUSES = {
  checked_at: '2026-03-01T10:00:00.000Z',
  scanners: [
    aScannerStatus(),
    aScannerStatus({ name: 'bandit', available: false, message: 'bandit is not installed' }),
    aScannerStatus({ name: 'dockerfile', scan_type: 'iac', available: false }),
  ],
};

describe('NewScanStore', () => {
  let http: HttpTestingController;
  let store: NewScanStore;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [NewScanStore, provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
    store = TestBed.inject(NewScanStore);
    await settle();
    http.expectOne('/api/v1/dashboard/status').flush(STATUSES);
    http
      .expectOne('/api/v1/scans?limit=20')
      .flush([aScan(), aScan({ target_path: '/srv/other' }), aScan()]);
    await settle();
  });

  afterEach(() => {
    http.verify();
  });

  async function settle(): Promise<void> {
    TestBed.tick();
    await Promise.resolve();
    TestBed.tick();
    await Promise.resolve();
  }

  it('offers the kinds that have scanners and chooses the usual ones', () => {
    const offered = store.selection.choices().filter((choice) => choice.scanners.length > 0);
    expect(offered.map(({ type, extent }) => [type, extent])).toEqual([
      ['code', 'all'],
      ['iac', 'all'],
    ]);
  });

  it('can start before the scanners are known, with the usual kinds', async () => {
    const early = TestBed.runInInjectionContext(() => new NewScanStore());
    early.setTarget('/srv/shop');
    const submitted = early.submit();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toMatchObject({ scan_types: ['code', 'dependency', 'iac'] });
    request.flush(aScan({ id: 's8' }));
    expect(await submitted).toBe('s8');
    // What the second store reads meanwhile is of no interest here.
    http.match(() => true);
  });

  it('sends the chosen scanners by name where a kind is chosen in part', async () => {
    store.setTarget('/srv/shop');
    store.selection.toggleScanner('bandit');
    const submitted = store.submit();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toEqual({
      target_path: '/srv/shop',
      scan_types: ['code', 'iac'],
      scanners: ['secrets', 'dockerfile'],
    });
    request.flush(aScan({ id: 's9' }));
    expect(await submitted).toBe('s9');
  });

  it('sends nothing while no scanner is chosen', async () => {
    store.setTarget('/srv/shop');
    store.selection.toggleType('code');
    store.selection.toggleType('iac');
    expect(await store.submit()).toBeNull();
  });

  it('keeps the choice when the status is read again', async () => {
    store.selection.toggleScanner('dockerfile');
    store.reloadStatus();
    await settle();
    http.expectOne('/api/v1/dashboard/status').flush(STATUSES);
    await settle();
    expect(store.selection.request()).toEqual({ scan_types: ['code'] });
  });

  it('offers earlier targets once each', () => {
    expect(store.recentTargets()).toEqual(['/srv/shop', '/srv/other']);
  });

  it.each(['', '   ', 'src/shop', './shop'])('does not send the path "%s"', async (path) => {
    store.setTarget(path);
    expect(store.targetFault()).toBeNull();
    expect(await store.submit()).toBeNull();
    expect(store.targetFault()).not.toBeNull();
  });

  it('starts one scan however often it is asked to', async () => {
    store.setTarget(' /srv/shop ');
    const first = store.submit();
    expect(await store.submit()).toBeNull();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toEqual({ target_path: '/srv/shop', scan_types: ['code', 'iac'] });
    request.flush(aScan({ id: 's7', status: 'pending' }));
    expect(await first).toBe('s7');
  });

  it('shows why the server refused, until the path changes', async () => {
    store.setTarget('/etc');
    const submitted = store.submit();
    http
      .expectOne({ method: 'POST', url: '/api/v1/scans' })
      .flush(
        { detail: 'Outside the allowed roots.', code: 'TARGET_NOT_ALLOWED' },
        { status: 403, statusText: 'Forbidden' },
      );
    expect(await submitted).toBeNull();
    expect(store.problem()?.message).toBe('Outside the allowed roots.');
    store.setTarget('/srv');
    expect(store.problem()).toBeNull();
  });

  it('lists directories only while the picker is open', async () => {
    store.openPicker();
    await settle();
    http.expectOne('/api/v1/browse').flush({ current: '/home/me', parent: null, entries: [] });
    await settle();
    expect(store.listing()).toMatchObject({ state: 'value', value: { current: '/home/me' } });
    store.browse('/home/me/shop');
    await settle();
    // The directory on screen stays until the next one is there.
    expect(store.listing()).toMatchObject({ state: 'value', value: { current: '/home/me' } });
    http
      .expectOne('/api/v1/browse?path=/home/me/shop')
      .flush({ current: '/home/me/shop', parent: '/home/me', entries: [] });
    await settle();
    store.pick('/home/me/shop');
    expect(store.target()).toBe('/home/me/shop');
    expect(store.isPickerOpen()).toBe(false);
  });
});
