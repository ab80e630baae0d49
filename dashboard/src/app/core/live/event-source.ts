import { InjectionToken } from '@angular/core';

/** The part of the browser's EventSource that the stream uses; tests bring their own. */
export interface EventChannel {
  addEventListener(name: string, listener: (event: Event) => void): void;
  close(): void;
}

export type OpenEventChannel = (url: string) => EventChannel;

export const OPEN_EVENT_CHANNEL = new InjectionToken<OpenEventChannel>('OPEN_EVENT_CHANNEL', {
  providedIn: 'root',
  factory: () => (url) => new EventSource(url),
});
