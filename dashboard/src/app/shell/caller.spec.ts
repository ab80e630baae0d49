import { TestBed } from '@angular/core/testing';
import type { SessionBody } from '@securescan/contracts';
import { aSession } from '../../test/wire-samples';
import { Caller } from './caller';

function show(session: SessionBody): { element: HTMLElement; signedOut: jest.Mock } {
  const fixture = TestBed.createComponent(Caller);
  const signedOut = jest.fn();
  fixture.componentRef.setInput('session', session);
  fixture.componentInstance.signedOut.subscribe(signedOut);
  TestBed.tick();
  return { element: fixture.nativeElement as HTMLElement, signedOut };
}

describe('Caller', () => {
  it('names the caller and the scopes, and lets a key be forgotten', () => {
    const { element, signedOut } = show(aSession());
    expect(element.querySelector('.who')?.textContent).toMatch(/ci-bot.*read, write/s);
    element.querySelector<HTMLButtonElement>('.card button')?.click();
    expect(signedOut).toHaveBeenCalledTimes(1);
  });

  it('says that there are no credentials, and has nothing to end', () => {
    const open = { authenticated: false, kind: 'open', principal: null } as const;
    const { element } = show(aSession(open));
    expect(element.querySelector('.who')?.textContent).toContain('No credentials');
    expect(element.querySelectorAll('.card :is(a, button)')).toHaveLength(0);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['https://sso.test/out', 'https://sso.test/out'],
    ['/oauth2/sign_out', '/oauth2/sign_out'],
    ['javascript:alert(1)', 'unsafe:javascript:alert(1)'],
    [null, undefined],
  ])('ends a session of the proxy where the proxy says: %s', (logout_url, href) => {
    // Angular warns of the address that it takes out.
    jest.spyOn(console, 'warn').mockImplementation();
    const principal = { name: 'Ada', email: 'ada@corp.test' };
    const { element } = show(aSession({ kind: 'sso', principal, logout_url }));
    expect(element.textContent).toContain('ada@corp.test');
    expect(element.querySelector('.card a')?.getAttribute('href')).toBe(href);
  });
});
