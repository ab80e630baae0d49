import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ScannerInstallStore } from './scanner-install-store';

const ROUTE = { method: 'POST', url: '/api/v1/dashboard/install/bandit' };

describe('ScannerInstallStore', () => {
  let http: HttpTestingController;
  let store: ScannerInstallStore;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [ScannerInstallStore, provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
    store = TestBed.inject(ScannerInstallStore);
  });

  afterEach(() => {
    http.verify();
  });

  it('installs one tool at a time and says when it is done', async () => {
    const installed = store.install('bandit');
    expect(store.running()).toBe('bandit');
    expect(store.stateOf('bandit').step).toBe('running');
    expect(await store.install('semgrep')).toBe(false);
    http
      .expectOne(ROUTE)
      .flush({ success: true, message: 'Successfully installed bandit', output: '' });
    expect(await installed).toBe(true);
    expect(store.running()).toBeNull();
    expect(store.stateOf('bandit')).toEqual({
      step: 'installed',
      message: 'Successfully installed bandit',
    });
  });

  it('keeps what the installer printed when it failed, and can try again', async () => {
    const failed = store.install('bandit');
    http
      .expectOne(ROUTE)
      .flush({ success: false, message: 'Failed to install bandit: no route', output: 'pip: ...' });
    await failed;
    expect(store.stateOf('bandit')).toMatchObject({
      step: 'failed',
      problem: { message: 'Failed to install bandit: no route' },
      output: 'pip: ...',
    });
    const again = store.install('bandit');
    expect(store.stateOf('bandit').step).toBe('running');
    http.expectOne(ROUTE).flush({ success: true, message: 'done', output: '' });
    await again;
  });

  it('says what the operator must set where it is not allowed', async () => {
    const refused = store.install('bandit');
    http
      .expectOne(ROUTE)
      .flush(
        { detail: 'Set SECURESCAN_ALLOW_INSTALL=1.', code: 'INSTALL_NOT_ALLOWED' },
        { status: 403, statusText: 'Forbidden' },
      );
    expect(await refused).toBe(true);
    expect(store.stateOf('bandit')).toMatchObject({
      step: 'failed',
      problem: { code: 'INSTALL_NOT_ALLOWED', message: 'Set SECURESCAN_ALLOW_INSTALL=1.' },
    });
  });
});
