import type { ScanEventName } from '@securescan/contracts';
import type { EventChannel } from '../app/core/live/event-source';

/** Stands in for the browser's EventSource: the test plays the server. */
export class FakeEventChannel implements EventChannel {
  isClosed = false;
  private readonly listeners = new Map<string, ((event: Event) => void)[]>();

  constructor(readonly url: string) {}

  addEventListener(name: string, listener: (event: Event) => void): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.dispatch('open', new Event('open'));
  }

  fail(): void {
    this.dispatch('error', new Event('error'));
  }

  send(name: ScanEventName, json: string): void {
    this.dispatch(name, new MessageEvent(name, { data: json }));
  }

  private dispatch(name: string, event: Event): void {
    if (this.isClosed) return;
    for (const listener of this.listeners.get(name) ?? []) listener(event);
  }
}
