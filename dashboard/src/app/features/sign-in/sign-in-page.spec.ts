import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Title } from '@angular/platform-browser';
import { aSession } from '../../../test/wire-samples';
import { SessionStore } from '../../core/auth/session-store';
import { SignInPage } from './sign-in-page';

const SESSION = '/api/v1/session';

describe('SignInPage', () => {
  let http: HttpTestingController;
  let fixture: ComponentFixture<SignInPage>;

  beforeEach(() => {
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    http.verify();
    sessionStorage.clear();
  });

  async function answer(status: number, body: object, headers = {}): Promise<void> {
    http.expectOne(SESSION).flush(body, { status, statusText: 'Answer', headers });
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    TestBed.tick();
  }

  async function open(status: number, body: object): Promise<HTMLElement> {
    const checked = TestBed.inject(SessionStore).check();
    await answer(status, body);
    await checked;
    fixture = TestBed.createComponent(SignInPage);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    TestBed.tick();
    return element;
  }

  function field(): HTMLInputElement {
    const found = (fixture.nativeElement as HTMLElement).querySelector('input');
    if (found === null) throw new ReferenceError('there is no field for a key');
    return found;
  }

  function submit(key: string): void {
    field().value = key;
    field().dispatchEvent(new Event('input'));
    field().form?.dispatchEvent(new Event('submit', { cancelable: true }));
    TestBed.tick();
  }

  const MISSING = { detail: 'Send an API key.', code: 'CREDENTIALS_MISSING' };

  it('asks for a key, says where to get one, and shows no error yet', async () => {
    const page = await open(401, MISSING);
    expect(page.textContent).toContain('securescan keys create');
    expect(page.textContent).toContain('administrator');
    expect(page.querySelector('[role="alert"]')).toBeNull();
    expect(document.activeElement).toBe(field());
    expect(field().labels?.[0]?.textContent).toBe('API key');
    expect([field().type, field().autocomplete, field().name]).toEqual(['password', 'off', '']);
    expect(TestBed.inject(Title).getTitle()).toBe('Sign in · SecureScan');
  });

  it('shows the key on demand', async () => {
    const page = await open(401, MISSING);
    page.querySelector<HTMLButtonElement>('button[aria-controls="key"]')?.click();
    TestBed.tick();
    expect(field().type).toBe('text');
    expect(page.querySelector('button[aria-label="Hide the key"]')).not.toBeNull();
  });

  it('says why a key was refused, and takes the next one', async () => {
    const page = await open(401, MISSING);
    submit('  key-wrong ');
    const refusal = { detail: 'This key is not known.', code: 'CREDENTIALS_INVALID' };
    await answer(401, refusal, { 'X-Request-ID': 'r-3' });
    const alert = page.querySelector('[role="alert"]')?.textContent ?? '';
    expect(alert).toMatch(/not accepted.*This key is not known\..*r-3/s);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field());

    submit('key-right');
    await answer(200, aSession());
    expect(TestBed.inject(SessionStore).session()).toEqual(aSession());
    fixture.destroy();
    TestBed.tick();
    expect(TestBed.inject(Title).getTitle()).toBe('SecureScan');
  });

  it('does not send what cannot be a key, nor twice what is under way', async () => {
    const page = await open(401, MISSING);
    submit('   ');
    expect(page.textContent).toContain('Enter a key.');
    submit('clé');
    expect(page.textContent).toContain('ASCII');
    submit('key-one');
    submit('key-one');
    await answer(200, aSession());
  });

  it('says that the server could not be asked, and asks again', async () => {
    const page = await open(503, { detail: 'The database is away.', code: 'SERVICE_UNAVAILABLE' });
    expect(page.textContent).toContain('The database is away.');
    expect(page.querySelector('form')).toBeNull();
    page.querySelector<HTMLButtonElement>('app-error-notice button')?.click();
    await answer(200, aSession());
    expect(TestBed.inject(SessionStore).session()).toEqual(aSession());
  });

  it.each([
    ['sso', 'single sign-on session has ended', true],
    ['key', 'no longer accepted', false],
    ['open', 'asks for a key now', false],
  ] as const)('says what has ended: %s', async (kind, words, hasReload) => {
    const page = await open(200, aSession({ kind }));
    const problem = { message: 'no', code: null, requestId: null, status: 401, fields: [] };
    TestBed.inject(SessionStore).end(problem, null);
    TestBed.tick();
    expect(page.querySelector('[role="alert"]')?.textContent).toContain(words);
    expect(page.textContent.includes('Reload to sign in')).toBe(hasReload);
  });
});
