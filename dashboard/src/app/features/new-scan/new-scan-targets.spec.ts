import { type HarnessLoader, manualChangeDetection } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import type { ScanType } from '@securescan/contracts';
import { aScan, aScannerStatus } from '../../../test/wire-samples';
import { NewScanPage } from './new-scan-page';
import { ScanOptionChoiceHarness } from './scan-option-choice.harness';
import { ScanTypeChoiceHarness } from './scan-type-choice.harness';
import { TargetInputHarness } from './target-input.harness';

/** All that the product knows, in the order of the registry. */
const REGISTRY: readonly (readonly [name: string, type: ScanType])[] = [
  ['semgrep', 'code'],
  ['bandit', 'code'],
  ['trivy', 'dependency'],
  ['checkov', 'iac'],
  ['baseline', 'baseline'],
  ['secrets', 'code'],
  ['safety', 'dependency'],
  ['licenses', 'dependency'],
  ['dockerfile', 'iac'],
  ['npm-audit', 'dependency'],
  ['git-hygiene', 'code'],
  ['builtin_dast', 'dast'],
  ['zap', 'dast'],
  ['nmap', 'network'],
];
const PATH = 'Directory or file';
const URL = 'Address of the web application';
const HOST = 'Host or range';
const ATTACK = 'Let ZAP attack the application';
const HISTORY = "Read git's history too";
const MACHINE = "Judge this server's own machine";

describe('what the page for a new scan asks for', () => {
  let http: HttpTestingController;
  let fixture: ComponentFixture<NewScanPage>;
  let loader: HarnessLoader;
  let choice: ScanTypeChoiceHarness;
  const navigate = jest.fn(() => Promise.resolve(true));

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Router, useValue: { navigate } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    fixture = TestBed.createComponent(NewScanPage);
    document.body.append(fixture.nativeElement as HTMLElement);
    loader = TestbedHarnessEnvironment.loader(fixture);
    TestBed.tick();
    http
      .expectOne('/api/v1/scans?limit=20')
      .flush([aScan(), aScan({ target_path: null, target_host: '10.1.2.3' })]);
    const scanners = REGISTRY.map(([name, scan_type]) => aScannerStatus({ name, scan_type }));
    http
      .expectOne('/api/v1/dashboard/status')
      .flush({ scanners, can_advise: false, checked_at: '2026-03-01T10:00:00.000Z' });
    await fixture.whenStable();
    choice = await loader.getHarness(ScanTypeChoiceHarness);
  });

  afterEach(() => {
    (fixture.nativeElement as HTMLElement).remove();
    http.verify();
  });

  async function labels(): Promise<string[]> {
    const fields = await loader.getAllHarnesses(TargetInputHarness);
    return Promise.all(fields.map((field) => field.label()));
  }

  async function field(label: string): Promise<TargetInputHarness> {
    for (const candidate of await loader.getAllHarnesses(TargetInputHarness)) {
      if ((await candidate.label()) === label) return candidate;
    }
    throw new RangeError(`no field ${label}`);
  }

  async function options(): Promise<string[]> {
    const group = await loader.getHarnessOrNull(ScanOptionChoiceHarness);
    return group === null ? [] : group.labels();
  }

  function text(selector: string): string {
    const found = (fixture.nativeElement as HTMLElement).querySelector(selector);
    return (found?.textContent ?? '').trim().split(/\s+/).join(' ');
  }

  /** The preview of the scan, a word for each term, place, scanner and option. */
  function plan(): string {
    const parts = (fixture.nativeElement as HTMLElement).querySelectorAll(
      '.plan :is(dt, dd:not(.tags), .tag)',
    );
    return [...parts].map((part) => part.textContent.trim()).join(' ');
  }

  async function start(): Promise<void> {
    const form = (fixture.nativeElement as HTMLElement).querySelector('form');
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await Promise.resolve();
    TestBed.tick();
  }

  it('is a path for the usual kinds, and nothing else', async () => {
    expect(await labels()).toEqual([PATH]);
    expect(await options()).toEqual([HISTORY]);
    const path = await field(PATH);
    expect(await path.isRequired()).toBe(true);
    expect(await path.recent()).toEqual(['/srv/shop']);
    expect(plan()).toBe(
      'Target not chosen yet Will run semgrep bandit trivy checkov secrets safety licenses dockerfile npm-audit git-hygiene',
    );
  });

  it.each(REGISTRY)('lets %s be chosen alone', async (name, type) => {
    for (const each of ['code', 'dependency', 'iac']) await choice.toggleType(each);
    expect(await labels()).toEqual([]);
    expect(text('.targets')).toContain('Choose what to look for');
    await choice.toggleScanner(name);
    const expected = { dast: URL, network: HOST }[type as string] ?? PATH;
    expect(await labels()).toEqual([expected]);
    expect(text('.plan .tags')).toBe(name);
  });

  it('is an address or a host as long as a scanner is chosen that goes there', async () => {
    await choice.toggleScanner('builtin_dast');
    expect(await labels()).toEqual([PATH, URL]);
    await choice.toggleType('network');
    expect(await labels()).toEqual([PATH, URL, HOST]);
    expect(text('.targets [role="status"]')).toBe(`To be filled in: ${PATH}, ${URL}, ${HOST}.`);
    for (const label of [URL, HOST]) {
      const description = await (await field(label)).description();
      expect(description).toContain('only what SECURESCAN_NETWORK_TARGETS allows');
    }
    expect(await (await field(HOST)).description()).toContain('/24');
    await choice.toggleScanner('builtin_dast');
    await choice.toggleType('network');
    expect(await labels()).toEqual([PATH]);
  });

  it('offers each option with its scanner only, warns of attacks, and leaves all of it off', async () => {
    await choice.toggleScanner('builtin_dast');
    expect(await options()).toEqual([HISTORY]);
    await choice.toggleScanner('zap');
    await choice.toggleScanner('baseline');
    expect(await options()).toEqual([ATTACK, HISTORY, MACHINE]);
    const group = await loader.getHarness(ScanOptionChoiceHarness);
    for (const option of [ATTACK, HISTORY, MACHINE]) expect(await group.isOn(option)).toBe(false);
    expect(await group.description(ATTACK)).toMatch(/Sends real attacks.*change or delete data/);
    await choice.toggleScanner('secrets');
    expect(await options()).toEqual([ATTACK, MACHINE]);
    expect(plan()).not.toContain('Options');
    await group.toggle(ATTACK);
    expect(plan()).toContain('Options ZAP attacks the application');
  });

  it('is nothing where the server judges its own machine', async () => {
    for (const each of ['code', 'dependency', 'iac', 'baseline']) await choice.toggleType(each);
    expect(await labels()).toEqual([PATH]);
    await (await loader.getHarness(ScanOptionChoiceHarness)).toggle(MACHINE);
    expect(await labels()).toEqual([]);
    expect(plan()).toContain("Target this server's own machine");
  });

  it('finds fault with a field that was left, and leads to the first at the start of a scan', async () => {
    await choice.toggleType('network');
    const host = await field(HOST);
    await host.fill('http://shop.test/');
    expect(await host.fault()).toContain('host alone');
    expect(await host.description()).toContain('host alone');
    expect(await host.isInvalid()).toBe(true);
    await start();
    const path = await field(PATH);
    expect(await path.fault()).toContain('Name the directory');
    expect(await path.isFocused()).toBe(true);
    await host.chooseRecent(0);
    expect([await host.text(), await host.fault()]).toEqual(['10.1.2.3', '']);
  });

  it('sends what is shown, and shows what the server refuses beside its field', async () => {
    await (await field(PATH)).fill('/srv/shop');
    await choice.toggleType('dast');
    await (await field(URL)).fill('http://shop.test/');
    await start();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toEqual({
      target_path: '/srv/shop',
      target_url: 'http://shop.test/',
      scan_types: ['code', 'dependency', 'iac', 'dast'],
    });
    const errors = [
      { loc: 'target_url', message: 'shop.test is not among the network targets' },
      { loc: 'scanners', message: 'there is no scanner zapp' },
    ];
    await manualChangeDetection(async () => {
      request.flush(
        { detail: 'Not valid.', code: 'VALIDATION_FAILED', errors },
        { status: 422, statusText: 'Unprocessable Content' },
      );
      await fixture.whenStable();
    });
    const url = await field(URL);
    expect(await url.fault()).toBe('shop.test is not among the network targets.');
    expect([await url.isInvalid(), await url.isFocused()]).toEqual([true, true]);
    const notice = text('.plan app-error-notice');
    expect(notice).toContain('there is no scanner zapp');
    expect(notice).not.toContain('among the network targets');
    expect(navigate).not.toHaveBeenCalled();
  });
});
