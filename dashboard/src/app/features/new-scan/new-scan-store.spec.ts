import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ScanType } from '@securescan/contracts';
import { aScan, aScannerStatus } from '../../../test/wire-samples';
import { NewScanStore } from './new-scan-store';

const STATUSES = {
  can_advise: true,
  checked_at: '2026-03-01T10:00:00.000Z',
  scanners: [
    aScannerStatus(),
    aScannerStatus({ name: 'bandit', available: false, message: 'bandit is not installed' }),
    aScannerStatus({ name: 'dockerfile', scan_type: 'iac', available: false }),
    aScannerStatus({ name: 'baseline', scan_type: 'baseline' }),
    aScannerStatus({ name: 'builtin_dast', scan_type: 'dast' }),
    aScannerStatus({ name: 'zap', scan_type: 'dast', available: false }),
    aScannerStatus({ name: 'nmap', scan_type: 'network' }),
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
      .flush([
        aScan(),
        aScan({ target_path: '/srv/other' }),
        aScan({ target_path: null, target_url: 'http://shop.test/' }),
        aScan(),
      ]);
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
      ['baseline', 'none'],
      ['dast', 'none'],
      ['network', 'none'],
    ]);
  });

  it('can start before the scanners are known, with the usual kinds', async () => {
    const early = TestBed.runInInjectionContext(() => new NewScanStore());
    early.setTarget('target_path', '/srv/shop');
    const submitted = early.submit();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toMatchObject({ scan_types: ['code', 'dependency', 'iac'] });
    request.flush(aScan({ id: 's8' }));
    expect(await submitted).toBe('s8');
    // What the second store reads meanwhile is of no interest here.
    http.match(() => true);
  });

  it('sends the chosen scanners by name where a kind is chosen in part', async () => {
    store.setTarget('target_path', '/srv/shop');
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
    store.setTarget('target_path', '/srv/shop');
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
    expect(store.recentOf('target_path')).toEqual(['/srv/shop', '/srv/other']);
    expect(store.recentOf('target_url')).toEqual(['http://shop.test/']);
    expect(store.recentOf('target_host')).toEqual([]);
  });

  it.each(['', '   ', 'src/shop', './shop'])('does not send the path "%s"', async (path) => {
    store.setTarget('target_path', path);
    expect(store.targetFault('target_path')).toBeNull();
    expect(await store.submit()).toBeNull();
    expect(store.targetFault('target_path')).not.toBeNull();
  });

  it('starts one scan however often it is asked to', async () => {
    store.setTarget('target_path', ' /srv/shop ');
    const first = store.submit();
    expect(await store.submit()).toBeNull();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toEqual({ target_path: '/srv/shop', scan_types: ['code', 'iac'] });
    request.flush(aScan({ id: 's7', status: 'pending' }));
    expect(await first).toBe('s7');
  });

  it('shows why the server refused, until the path changes', async () => {
    store.setTarget('target_path', '/etc');
    const submitted = store.submit();
    http
      .expectOne({ method: 'POST', url: '/api/v1/scans' })
      .flush(
        { detail: 'Outside the allowed roots.', code: 'TARGET_NOT_ALLOWED' },
        { status: 403, statusText: 'Forbidden' },
      );
    expect(await submitted).toBeNull();
    expect(store.problem()?.message).toBe('Outside the allowed roots.');
    store.setTarget('target_path', '/srv');
    expect(store.problem()).toBeNull();
  });

  function leaveOut(...types: readonly ScanType[]): void {
    for (const type of types) store.selection.toggleType(type);
  }

  async function submittedBody(): Promise<unknown> {
    const submitted = store.submit();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    request.flush(aScan({ id: 's9' }));
    await submitted;
    return request.request.body;
  }

  it('sends an address, a host and options where they are asked for, and no path', async () => {
    store.setTarget('target_path', '/srv/shop');
    store.setTarget('target_url', ' http://shop.test/ ');
    store.setTarget('target_host', '10.1.2.3');
    store.toggleOption('history');
    leaveOut('code', 'iac');
    store.selection.toggleType('dast');
    store.selection.toggleType('network');
    store.selection.toggleType('baseline');
    store.toggleOption('active');
    store.toggleOption('baseline_host_probes');
    expect(await submittedBody()).toEqual({
      target_url: 'http://shop.test/',
      target_host: '10.1.2.3',
      scan_types: ['baseline', 'dast', 'network'],
      active: true,
      baseline_host_probes: true,
    });
    store.selection.toggleScanner('zap');
    leaveOut('network', 'baseline');
    expect(await submittedBody()).toEqual({
      target_url: 'http://shop.test/',
      scan_types: ['dast'],
      scanners: ['builtin_dast'],
    });
  });

  it('needs no place to judge the machine of the server', async () => {
    leaveOut('code', 'iac');
    store.selection.toggleType('baseline');
    expect(await store.submit()).toBeNull();
    expect(store.targetFault('target_path')).not.toBeNull();
    store.toggleOption('baseline_host_probes');
    expect(await submittedBody()).toEqual({
      scan_types: ['baseline'],
      baseline_host_probes: true,
    });
  });

  it('shows what the server refused beside the field that it names, until that is changed', async () => {
    store.setTarget('target_path', '/srv/shop');
    store.selection.toggleType('dast');
    store.setTarget('target_url', 'http://shop.test/');
    const submitted = store.submit();
    const errors = [
      { loc: 'target_url', message: 'is not among the network targets that are allowed' },
      { loc: 'active', message: 'is not allowed here' },
      { loc: 'target_host', message: 'is of no use without type network' },
    ];
    http
      .expectOne({ method: 'POST', url: '/api/v1/scans' })
      .flush(
        { detail: 'Not allowed.', code: 'TARGET_NOT_ALLOWED', errors },
        { status: 403, statusText: 'Forbidden' },
      );
    await submitted;
    expect(store.targetFault('target_url')).toBe(
      'Is not among the network targets that are allowed.',
    );
    expect(store.optionFault('active')).toBe('Is not allowed here.');
    expect(store.targetFault('target_path')).toBeNull();
    // No field for it is on screen, so it must not get lost.
    expect(store.problem()).toMatchObject({ message: 'Not allowed.', fields: [errors[2]] });
    store.toggleOption('active');
    expect(store.optionFault('active')).toBeNull();
    expect(store.targetFault('target_url')).not.toBeNull();
    store.setTarget('target_url', 'http://localhost/');
    expect(store.targetFault('target_url')).toBeNull();
    expect(store.problem()).toBeNull();
    expect(await submittedBody()).toMatchObject({ target_url: 'http://localhost/', active: true });
  });

  it('lists directories only while the picker is open', async () => {
    store.openPicker();
    await settle();
    http
      .expectOne('/api/v1/browse')
      .flush({ current: '/home/me', parent: null, entries: [], truncated: false });
    await settle();
    expect(store.listing()).toMatchObject({ state: 'value', value: { current: '/home/me' } });
    store.browse('/home/me/shop');
    await settle();
    // The directory on screen stays until the next one is there.
    expect(store.listing()).toMatchObject({ state: 'value', value: { current: '/home/me' } });
    http
      .expectOne('/api/v1/browse?path=/home/me/shop')
      .flush({ current: '/home/me/shop', parent: '/home/me', entries: [], truncated: false });
    await settle();
    store.pick('/home/me/shop');
    expect(store.targets.textOf('target_path')).toBe('/home/me/shop');
    expect(store.isPickerOpen()).toBe(false);
  });
});
