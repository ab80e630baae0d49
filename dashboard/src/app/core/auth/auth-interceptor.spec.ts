import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  HttpTestingController,
  type TestRequest,
  provideHttpClientTesting,
} from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { aSession } from '../../../test/wire-samples';
import { authInterceptor } from './auth-interceptor';
import { KeyStore } from './key-store';
import { SessionStore } from './session-store';

describe('authInterceptor', () => {
  let client: HttpClient;
  let http: HttpTestingController;

  beforeEach(() => {
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([authInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    client = TestBed.inject(HttpClient);
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    http.verify();
    sessionStorage.clear();
  });

  async function signIn(key: string): Promise<void> {
    const signedIn = TestBed.inject(SessionStore).signIn(key);
    http.expectOne('/api/v1/session').flush(aSession());
    await signedIn;
  }

  /** Sends a request and returns it, still without an answer. */
  function send(method: string, url: string): { request: TestRequest; answered: Promise<unknown> } {
    const answered = firstValueFrom(client.request(method, url)).catch((error: unknown) => error);
    return { request: http.expectOne({ method, url }), answered };
  }

  function headers(method: string, url: string): (string | null)[] {
    const { request } = send(method, url);
    request.flush({});
    return ['X-API-Key', 'X-SecureScan-Csrf'].map((name) => request.request.headers.get(name));
  }

  it('sends nothing of the kind while there is no key, but marks what changes state', () => {
    expect(headers('GET', '/api/v1/scans')).toEqual([null, null]);
    expect(headers('POST', '/api/v1/scans')).toEqual([null, '1']);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('sends the key with %s', async (method) => {
    await signIn('key-one');
    expect(headers(method, '/api/v1/scans')).toEqual(['key-one', null]);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('marks %s as coming from us', async (method) => {
    await signIn('key-one');
    expect(headers(method, '/api/v1/scans')).toEqual(['key-one', '1']);
  });

  it.each([
    '/health',
    '/apis/v1/scans',
    '/api/../elsewhere',
    '//api.test/api/v1/scans',
    'https://elsewhere.test/api/v1/scans',
    'http://localhost:1/api/v1/scans',
  ])('sends nothing to %s', async (url) => {
    await signIn('key-one');
    expect(headers('POST', url)).toEqual([null, null]);
  });

  it('knows our own API by its whole address too', async () => {
    await signIn('key-one');
    expect(headers('GET', `${location.origin}/api/v1/scans`)).toEqual(['key-one', null]);
  });

  it('ends the session when a key is refused, and still tells who asked', async () => {
    await signIn('key-one');
    const { request, answered } = send('GET', '/api/v1/scans');
    request.flush(
      { detail: 'The key was revoked.', code: 'CREDENTIALS_INVALID' },
      { status: 401, statusText: 'Unauthorized', headers: { 'X-Request-ID': 'r-7' } },
    );
    expect(await answered).toMatchObject({ status: 401 });
    expect(TestBed.inject(SessionStore).access()).toMatchObject({
      state: 'refused',
      problem: { message: 'The key was revoked.', requestId: 'r-7' },
      lost: 'key',
    });
    expect(TestBed.inject(KeyStore).key()).toBeNull();
  });

  it('leaves the session alone where the answer is about something else', async () => {
    await signIn('key-one');
    const { request, answered } = send('DELETE', '/api/v1/scans/s1');
    request.flush({ detail: 'no', code: 'SCOPE' }, { status: 403, statusText: 'Forbidden' });
    await answered;
    expect(TestBed.inject(SessionStore).session()).not.toBeNull();
  });

  it('does not end a new session over the answer to an old key', async () => {
    await signIn('key-old');
    const { request, answered } = send('GET', '/api/v1/scans');
    await signIn('key-new');
    request.flush({ detail: 'no', code: 'X' }, { status: 401, statusText: 'Unauthorized' });
    await answered;
    expect(TestBed.inject(KeyStore).key()).toBe('key-new');
  });
});
