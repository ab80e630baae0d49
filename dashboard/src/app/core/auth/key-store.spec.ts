import { TestBed } from '@angular/core/testing';
import { KeyStore } from './key-store';

describe('KeyStore', () => {
  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
  });

  afterEach(() => {
    jest.restoreAllMocks();
    sessionStorage.clear();
  });

  it('keeps a key over a reload, in this tab alone, until it is forgotten', () => {
    TestBed.inject(KeyStore).keep('key-one');
    expect(localStorage).toHaveLength(0);
    expect(location.href).not.toContain('key-one');

    TestBed.resetTestingModule();
    const reloaded = TestBed.inject(KeyStore);
    expect(reloaded.key()).toBe('key-one');
    reloaded.forget();
    expect(reloaded.key()).toBeNull();
    expect(sessionStorage).toHaveLength(0);
  });

  it('lasts as long as the page where the browser forbids storage', () => {
    for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
      jest.spyOn(Storage.prototype, method).mockImplementation(() => {
        throw new DOMException('denied', 'SecurityError');
      });
    }
    const keys = TestBed.inject(KeyStore);
    expect(keys.key()).toBeNull();
    keys.keep('key-one');
    expect(keys.key()).toBe('key-one');
    keys.forget();
    expect(keys.key()).toBeNull();
  });
});
