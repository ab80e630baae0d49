import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  type TestRequest,
  provideHttpClientTesting,
} from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { CallerKind, SessionBody } from '@securescan/contracts';
import { aSession } from '../../../test/wire-samples';
import { KeyStore } from './key-store';
import { SessionStore } from './session-store';

describe('SessionStore', () => {
  let http: HttpTestingController;
  let keys: KeyStore;
  let store: SessionStore;

  beforeEach(() => {
    sessionStorage.clear();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    http = TestBed.inject(HttpTestingController);
    keys = TestBed.inject(KeyStore);
    store = TestBed.inject(SessionStore);
  });

  afterEach(() => {
    http.verify();
    sessionStorage.clear();
  });

  function question(key: string | null): TestRequest {
    return http.expectOne(
      ({ url, headers }) => url === '/api/v1/session' && headers.get('X-API-Key') === key,
    );
  }

  async function refuse(key: string | null, code: string, status = 401): Promise<void> {
    question(key).flush({ detail: `detail of ${code}`, code }, { status, statusText: 'Refused' });
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }

  async function enter(session: SessionBody, key: string | null): Promise<void> {
    if (key !== null) keys.keep(key);
    const checked = store.check();
    question(key).flush(session);
    await checked;
  }

  it('lets in whom the server lets in', async () => {
    const open = aSession({ authenticated: false, kind: 'open', principal: null });
    await enter(open, null);
    expect(store.access()).toEqual({ state: 'granted', session: open });
  });

  it('asks for a key where the server wants one, without calling that an error', async () => {
    const checked = store.check();
    await refuse(null, 'CREDENTIALS_MISSING');
    await checked;
    expect(store.access()).toEqual({ state: 'refused', problem: null, lost: null });
  });

  it('says what is wrong with an identity that nobody typed', async () => {
    const checked = store.check();
    await refuse(null, 'IDENTITY_REFUSED');
    await checked;
    expect(store.access()).toMatchObject({
      state: 'refused',
      problem: { code: 'IDENTITY_REFUSED' },
      lost: null,
    });
  });

  it('keeps a key once it is accepted, and no other', async () => {
    const wrong = store.signIn('key-wrong');
    await refuse('key-wrong', 'CREDENTIALS_INVALID');
    await wrong;
    expect(store.access()).toMatchObject({
      state: 'refused',
      problem: { code: 'CREDENTIALS_INVALID' },
      lost: null,
    });
    expect(keys.key()).toBeNull();

    const right = store.signIn('key-right');
    question('key-right').flush(aSession());
    await right;
    expect(store.session()).toEqual(aSession());
    expect(keys.key()).toBe('key-right');
  });

  it('forgets a kept key that is refused and says so', async () => {
    keys.keep('key-old');
    const checked = store.check();
    await refuse('key-old', 'CREDENTIALS_INVALID');
    await refuse(null, 'CREDENTIALS_MISSING');
    await checked;
    expect(keys.key()).toBeNull();
    expect(store.access()).toMatchObject({
      state: 'refused',
      problem: { code: 'CREDENTIALS_INVALID' },
      lost: 'key',
    });
  });

  it('goes on without a refused key where none is needed', async () => {
    keys.keep('key-old');
    const checked = store.check();
    await refuse('key-old', 'CREDENTIALS_INVALID');
    question(null).flush(aSession({ kind: 'sso' }));
    await checked;
    expect(store.session()?.kind).toBe('sso');
  });

  it.each([
    [429, 'RATE_LIMITED'],
    [503, 'SERVICE_UNAVAILABLE'],
  ])('keeps the key where the server cannot judge it: %i', async (status, code) => {
    keys.keep('key-one');
    const checked = store.check();
    await refuse('key-one', code, status);
    await checked;
    expect(store.access()).toMatchObject({ state: 'unknown', problem: { code, status } });
    expect(keys.key()).toBe('key-one');
  });

  it('ends when a request with its key is refused', async () => {
    await enter(aSession(), 'key-one');
    const problem = { message: 'revoked', code: null, requestId: 'r-1', status: 401, fields: [] };
    store.end(problem, 'key-one');
    expect(store.access()).toEqual({ state: 'refused', problem, lost: 'key' });
    expect(keys.key()).toBeNull();
  });

  it('does not end over a late answer to a key that is no longer used', async () => {
    await enter(aSession(), 'key-new');
    const problem = { message: 'revoked', code: null, requestId: 'r-1', status: 401, fields: [] };
    store.end(problem, 'key-old');
    store.end(problem, null);
    expect(store.session()).toEqual(aSession());
    expect(keys.key()).toBe('key-new');
  });

  it('forgets the key at the end and asks what remains without it', async () => {
    await enter(aSession(), 'key-one');
    const left = store.signOut();
    expect([keys.key(), store.session()]).toEqual([null, null]);
    await refuse(null, 'CREDENTIALS_MISSING');
    await left;
    expect(store.access()).toEqual({ state: 'refused', problem: null, lost: null });
  });

  it.each<[CallerKind, boolean]>([
    ['open', false],
    ['sso', false],
    ['env', true],
    ['key', true],
  ])('knows whether a stream of kind %s needs a token', async (kind, isNeeded) => {
    await enter(aSession({ kind }), null);
    expect(store.needsEventToken()).toBe(isNeeded);
  });

  it('says which scope is missing and which there are', async () => {
    expect(store.whyNot('admin')).toBeNull();
    await enter(aSession({ scopes: ['read'] }), null);
    expect(store.whyNot('read')).toBeNull();
    expect(store.whyNot('write')).toMatch(/scope write; yours: read\.$/);
    await enter(aSession({ scopes: [] }), null);
    expect(store.whyNot('admin')).toMatch(/scope admin; yours: none\.$/);
  });
});
