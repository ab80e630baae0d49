import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { FakeEventChannel } from '../../../test/fake-event-channel';
import { aScan, eventJson } from '../../../test/wire-samples';
import { OPEN_EVENT_CHANNEL } from './event-source';
import { type LiveMessage, ScanEventStream } from './scan-event-stream';

const EVENTS = '/api/v1/scans/s1/events';

describe('ScanEventStream', () => {
  let channels: FakeEventChannel[];
  let messages: LiveMessage[];
  let ending: 'open' | 'completed' | 'failed';
  let http: HttpTestingController;

  beforeEach(() => {
    jest.useFakeTimers();
    channels = [];
    messages = [];
    ending = 'open';
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        {
          provide: OPEN_EVENT_CHANNEL,
          useValue: (url: string) => {
            const channel = new FakeEventChannel(url);
            channels.push(channel);
            return channel;
          },
        },
      ],
    });
    http = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    jest.useRealTimers();
    http.verify();
  });

  function watch(): { unsubscribe(): void } {
    return TestBed.inject(ScanEventStream)
      .watch('s1')
      .subscribe({
        next: (message) => messages.push(message),
        complete: () => (ending = 'completed'),
        error: () => (ending = 'failed'),
      });
  }

  function channel(): FakeEventChannel {
    const latest = channels.at(-1);
    if (latest === undefined) throw new ReferenceError('no connection was opened');
    return latest;
  }

  function seenEvents(): string[] {
    return messages.flatMap((message) => (message.kind === 'event' ? [message.body.event] : []));
  }

  function loseConnection(times: number): void {
    for (let lost = 0; lost < times; lost += 1) {
      channel().fail();
      jest.runOnlyPendingTimers();
    }
  }

  it('gives events in order and completes after the terminal one', () => {
    watch();
    channel().open();
    channel().send('scanner.start', eventJson(1, { scanner: 'secrets' }));
    channel().send('scan.cancelled', eventJson(2));

    expect(seenEvents()).toEqual(['scanner.start', 'scan.cancelled']);
    expect(ending).toBe('completed');
    expect(channel().isClosed).toBe(true);
  });

  it('takes a lost connection up again from the last event and gives none twice', () => {
    watch();
    channel().send('scanner.start', eventJson(7, { scanner: 'secrets' }));
    channel().fail();
    expect(channels).toHaveLength(1);
    jest.advanceTimersByTime(500);

    expect(channels.map(({ url }) => url)).toEqual([EVENTS, `${EVENTS}?last_event_id=7`]);
    expect(channels[0]?.isClosed).toBe(true);
    channel().send('scanner.start', eventJson(7, { scanner: 'secrets' }));
    channel().send('scan.failed', eventJson(8, { error: 'interrupted' }));
    expect(seenEvents()).toEqual(['scanner.start', 'scan.failed']);
    expect(ending).toBe('completed');
  });

  it('waits longer after each failure', () => {
    watch();
    channel().fail();
    jest.advanceTimersByTime(500);
    channel().fail();
    jest.advanceTimersByTime(999);
    expect(channels).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(channels).toHaveLength(3);
  });

  it('asks for the scan after three failures, then returns to the stream', () => {
    watch();
    loseConnection(3);
    const running = aScan({ id: 's1', status: 'running' });
    http.expectOne('/api/v1/scans/s1').flush(running);

    expect(messages).toContainEqual({ kind: 'polled', scan: running });
    expect(channels).toHaveLength(4);
    channel().open();
    expect(messages.at(-1)).toEqual({ kind: 'connection', state: 'live' });
    channel().send('scan.cancelled', eventJson(1));
    expect(ending).toBe('completed');
  });

  it('completes when a poll finds the scan ended', () => {
    watch();
    loseConnection(3);
    http.expectOne('/api/v1/scans/s1').flush(aScan({ id: 's1', status: 'completed' }));

    expect(ending).toBe('completed');
    expect(channels).toHaveLength(3);
  });

  it('goes on while the server is away and fails only when the scan is gone', () => {
    watch();
    loseConnection(3);
    http.expectOne('/api/v1/scans/s1').error(new ProgressEvent('error'));
    expect(ending).toBe('open');
    loseConnection(1);
    http
      .expectOne('/api/v1/scans/s1')
      .flush({ detail: 'gone', code: 'SCAN_NOT_FOUND' }, { status: 404, statusText: 'Not Found' });
    expect(ending).toBe('failed');
  });

  it.each(['{"scan_id": "s1", "se', eventJson(5)])(
    'takes a frame that it cannot read as a lost connection: %s',
    (frame) => {
      watch();
      channel().send('scanner.start', eventJson(4, { scanner: 'secrets' }));
      channel().send('scan.failed', frame);
      expect(channel().isClosed).toBe(true);
      jest.advanceTimersByTime(500);
      expect(channel().url).toBe(`${EVENTS}?last_event_id=4`);
      expect(seenEvents()).toEqual(['scanner.start']);
    },
  );

  it('closes the connection when nobody listens any more', () => {
    watch().unsubscribe();
    expect(channel().isClosed).toBe(true);
  });
});
