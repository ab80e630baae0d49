import { manualChangeDetection } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { aScannerStatus, aSession } from '../../../test/wire-samples';
import { SessionStore } from '../../core/auth/session-store';
import { NewScanPage } from './new-scan-page';
import { ScanTypeChoiceHarness } from './scan-type-choice.harness';

const INSTALL = { method: 'POST', url: '/api/v1/dashboard/install/bandit' };
const BANDIT = aScannerStatus({
  name: 'bandit',
  available: false,
  message: 'bandit is not installed',
  install_hint: 'pip install bandit',
  installable: true,
});

describe('NewScanPage', () => {
  let http: HttpTestingController;
  let fixture: ComponentFixture<NewScanPage>;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Router, useValue: { navigate: () => Promise.resolve(true) } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    http.verify();
  });

  async function answerStatus(bandit = BANDIT): Promise<void> {
    TestBed.tick();
    const semgrep = aScannerStatus({ name: 'semgrep', version: '1.9', needs_network: true });
    const scanners = [aScannerStatus(), bandit, semgrep];
    http
      .expectOne('/api/v1/dashboard/status')
      .flush({ scanners, can_advise: false, checked_at: '2026-03-01T10:00:00.000Z' });
    await fixture.whenStable();
  }

  /** Lets what an answer set off send its own requests, which would keep the page from ever being stable. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      await Promise.resolve();
      TestBed.tick();
    }
  }

  async function open(): Promise<ScanTypeChoiceHarness> {
    fixture = TestBed.createComponent(NewScanPage);
    TestBed.tick();
    http.expectOne('/api/v1/scans?limit=20').flush([]);
    await answerStatus();
    return TestbedHarnessEnvironment.loader(fixture).getHarness(ScanTypeChoiceHarness);
  }

  function plan(): string {
    const element = fixture.nativeElement as HTMLElement;
    const words = [...element.querySelectorAll('.plan :is(dt, .tag, .muted, code)')];
    return words.map((word) => word.textContent.trim()).join(' ');
  }

  it('describes each scanner and says beforehand what will be skipped and why', async () => {
    const choice = await open();
    expect(await choice.descriptionOf('semgrep')).toMatch(/ready.*1\.9.*uses the network/s);
    expect(await choice.descriptionOf('bandit')).toContain('pip install bandit');
    expect(plan()).toContain('Will run secrets semgrep Will be skipped bandit');
    expect(plan()).toContain('bandit is not installed');
  });

  it('shows a kind as chosen in part, and fills it up', async () => {
    const choice = await open();
    await choice.toggleScanner('semgrep');
    expect(await choice.typeShows('code')).toBe('mixed');
    expect(plan()).toContain('Will run secrets Will be skipped');
    await choice.toggleType('code');
    expect([await choice.typeShows('code'), await choice.isScannerOn('semgrep')]).toEqual([
      'on',
      true,
    ]);
    await choice.toggleType('code');
    expect(await choice.typeShows('code')).toBe('off');
    expect(await choice.fault()).toBe('Choose at least one scanner.');
  });

  it.each([
    [['read'], ['scope write', 'yours: read'], true],
    [['read', 'admin'], ['scope write', 'yours: read, admin'], false],
  ] as const)(
    'says what a caller with %j may not do',
    async (scopes, reasons, isInstallRefused) => {
      const session = TestBed.inject(SessionStore);
      const asked = session.check();
      http.expectOne('/api/v1/session').flush(aSession({ scopes: [...scopes] }));
      await asked;
      const choice = await open();
      const element = fixture.nativeElement as HTMLElement;
      const start = element.querySelector<HTMLButtonElement>('button[type="submit"]');
      expect(start?.disabled).toBe(true);
      const described = start?.getAttribute('aria-describedby')?.split(' ').at(-1) ?? '';
      for (const reason of reasons) {
        expect(element.querySelector(`#${described}`)?.textContent).toContain(reason);
      }
      expect(await choice.isInstallDisabled('bandit')).toBe(isInstallRefused);
      expect((await choice.descriptionOfInstall('bandit')).includes('scope admin')).toBe(
        isInstallRefused,
      );
    },
  );

  it('installs a missing tool and asks for the status again', async () => {
    const choice = await open();
    expect(await choice.installButtons()).toEqual(['Install bandit']);
    await manualChangeDetection(() => choice.clickInstall('bandit'));
    http.expectOne(INSTALL).flush({ success: true, message: 'Installed bandit', output: '' });
    await settle();
    await answerStatus({ ...BANDIT, available: true, message: 'bandit is available' });
    expect(await choice.installButtons()).toEqual([]);
    expect(plan()).toContain('Will run secrets bandit semgrep');
  });

  it('says in place why nothing was installed, and lets it be tried again', async () => {
    const choice = await open();
    await manualChangeDetection(() => choice.clickInstall('bandit'));
    http
      .expectOne(INSTALL)
      .flush(
        { detail: 'Set SECURESCAN_ALLOW_INSTALL=1.', code: 'INSTALL_NOT_ALLOWED' },
        { status: 403, statusText: 'Forbidden' },
      );
    await settle();
    await answerStatus();
    expect(await choice.notices()).toEqual([
      expect.stringContaining('Set SECURESCAN_ALLOW_INSTALL=1.'),
    ]);
    expect(await choice.installButtons()).toEqual(['Install bandit']);
  });
});
