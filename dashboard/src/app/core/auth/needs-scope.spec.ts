import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Scope } from '@securescan/contracts';
import { aSession } from '../../../test/wire-samples';
import { NeedsScope } from './needs-scope';
import { SessionStore } from './session-store';

@Component({
  imports: [NeedsScope],
  template: `<button type="button" appNeedsScope="write" [blocked]="busy()" (click)="press()">
    Delete
  </button>`,
})
class Host {
  readonly busy = signal(false);
  readonly presses = signal(0);

  protected press(): void {
    this.presses.update((count) => count + 1);
  }
}

describe('NeedsScope', () => {
  async function show(scopes: Scope[]): Promise<{ host: Host; button: HTMLButtonElement }> {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    const checked = TestBed.inject(SessionStore).check();
    TestBed.inject(HttpTestingController).expectOne('/api/v1/session').flush(aSession({ scopes }));
    await checked;
    const fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    TestBed.tick();
    return {
      host: fixture.componentInstance,
      button: (fixture.nativeElement as HTMLElement).querySelector('button') as HTMLButtonElement,
    };
  }

  it('leaves the button alone where the scope is held, except while something else blocks it', async () => {
    const { host, button } = await show(['read', 'write']);
    button.click();
    expect([host.presses(), button.getAttribute('aria-disabled'), button.title]).toEqual([
      1,
      null,
      '',
    ]);
    host.busy.set(true);
    TestBed.tick();
    button.click();
    expect([host.presses(), button.getAttribute('aria-disabled')]).toEqual([1, 'true']);
  });

  it('stops a press without the scope, and tells eyes and ears which one is missing', async () => {
    const { host, button } = await show(['read']);
    button.click();
    button.focus();
    expect(host.presses()).toBe(0);
    expect(document.activeElement).toBe(button);
    expect(button.title).toMatch(/scope write; yours: read\.$/);
    const described = button.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe(button.title);
  });
});
