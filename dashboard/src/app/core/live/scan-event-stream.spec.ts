import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { FakeEventChannel } from '../../../test/fake-event-channel';
import { aScan, aSession, eventJson } from '../../../test/wire-samples';
import { SessionStore } from '../auth/session-store';
import { OPEN_EVENT_CHANNEL } from './event-source';
import { type LiveMessage, ScanEventStream } from './scan-event-stream';
import { WAKE } from './wake';

const EVENTS = '/api/v1/scans/s1/events';

describe('ScanEventStream', () => {
  let channels: FakeEventChannel[];
  let messages: LiveMessage[];
  let ending: 'open' | 'completed' | 'failed';
  let http: HttpTestingController;
  let wake: Subject<void>;

  beforeEach(() => {
    jest.useFakeTimers();
    channels = [];
    wake = new Subject();
    messages = [];
    ending = 'open';
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: WAKE, useFactory: () => wake },
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
    http.expectNone('/api/v1/scans/s1');
    jest.advanceTimersByTime(1);
    http.expectOne('/api/v1/scans/s1').flush(aScan({ id: 's1', status: 'running' }));
    expect(channels).toHaveLength(3);
  });

  it('asks for the scan after two failures, then returns to the stream', () => {
    watch();
    loseConnection(2);
    const running = aScan({ id: 's1', status: 'running' });
    http.expectOne('/api/v1/scans/s1').flush(running);

    expect(messages).toContainEqual({ kind: 'polled', scan: running });
    expect(channels).toHaveLength(3);
    channel().open();
    expect(messages.at(-1)).toEqual({ kind: 'connection', state: 'live' });
    channel().send('scan.cancelled', eventJson(1));
    expect(ending).toBe('completed');
  });

  it('completes when a poll finds the scan ended', () => {
    watch();
    loseConnection(2);
    http.expectOne('/api/v1/scans/s1').flush(aScan({ id: 's1', status: 'completed' }));

    expect(ending).toBe('completed');
    expect(channels).toHaveLength(2);
  });

  it('goes on while the server is away and fails only when the scan is gone', () => {
    watch();
    loseConnection(2);
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

  it('opens its connection anew after a while, from the last event, and is live all the time', () => {
    watch();
    channel().open();
    channel().send('scanner.start', eventJson(3, { scanner: 'secrets' }));
    jest.advanceTimersByTime(150_000);
    expect(channels.map(({ url, isClosed }) => [url, isClosed])).toEqual([
      [EVENTS, true],
      [`${EVENTS}?last_event_id=3`, false],
    ]);
    channel().open();
    const states = messages.flatMap((message) =>
      message.kind === 'connection' ? [message.state] : [],
    );
    expect(states).toEqual(['live', 'live']);
  });

  it('looks after its connection at once when somebody comes back to a silent one', () => {
    watch();
    channel().open();
    jest.advanceTimersByTime(30_000);
    wake.next();
    expect(channels).toHaveLength(1);
    // A machine that sleeps stops timers, but not the clock.
    jest.setSystemTime(Date.now() + 8 * 3_600_000);
    wake.next();
    expect(channels.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    channel().open();
    wake.next();
    expect(channels).toHaveLength(2);
  });

  it('does not wait for its next try when somebody comes back', () => {
    watch();
    channel().fail();
    wake.next();
    expect(channels).toHaveLength(2);
  });

  it('begins to count failures again after a connection that held', () => {
    watch();
    channel().fail();
    jest.advanceTimersByTime(500);
    channel().open();
    jest.advanceTimersByTime(31_000);
    channel().fail();
    jest.advanceTimersByTime(500);
    expect(channels).toHaveLength(3);
    expect(messages.at(-1)).toEqual({ kind: 'connection', state: 'reconnecting' });
  });

  describe('with a key', () => {
    const TOKEN = { method: 'POST', url: '/api/v1/scans/s1/event-token' };

    beforeEach(async () => {
      const asked = TestBed.inject(SessionStore).check();
      http.expectOne('/api/v1/session').flush(aSession({ kind: 'key' }));
      await asked;
    });

    function mint(token: string): void {
      http.expectOne(TOKEN).flush({ token, expires_in: 300 });
    }

    it('gets a token for each connection, since each may be the last that a token opens', () => {
      watch();
      expect(channels).toHaveLength(0);
      mint('t/1');
      expect(channel().url).toBe(`${EVENTS}?event_token=t%2F1`);
      channel().send('scanner.start', eventJson(7, { scanner: 'secrets' }));
      channel().fail();
      jest.runOnlyPendingTimers();
      mint('t2');
      expect(channel().url).toBe(`${EVENTS}?event_token=t2&last_event_id=7`);
      channel().send('scan.cancelled', eventJson(8));
      expect(ending).toBe('completed');
    });

    it('gets another token before half of the time of the last one is over', () => {
      watch();
      mint('t1');
      channel().open();
      jest.advanceTimersByTime(149_999);
      http.expectNone(TOKEN);
      jest.advanceTimersByTime(1);
      mint('t2');
      expect(channels.map(({ url, isClosed }) => [url, isClosed])).toEqual([
        [`${EVENTS}?event_token=t1`, true],
        [`${EVENTS}?event_token=t2`, false],
      ]);
    });

    it('asks for the scan itself once a second token opened nothing', () => {
      watch();
      mint('t1');
      channel().fail();
      jest.runOnlyPendingTimers();
      mint('t2');
      channel().fail();
      jest.runOnlyPendingTimers();
      expect(messages.at(-1)).toEqual({ kind: 'connection', state: 'polling' });
      http.expectOne('/api/v1/scans/s1').flush(aScan({ id: 's1', status: 'completed' }));
      expect(ending).toBe('completed');
    });

    it('takes a token that is not given as a lost connection', () => {
      watch();
      for (const status of [503, 404]) {
        http.expectOne(TOKEN).flush({}, { status, statusText: 'Refused' });
        jest.runOnlyPendingTimers();
      }
      expect(channels).toHaveLength(0);
      http.expectOne('/api/v1/scans/s1').flush({}, { status: 404, statusText: 'Not Found' });
      expect(ending).toBe('failed');
    });

    it('asks for no token when nobody listens any more', () => {
      watch().unsubscribe();
      expect(http.expectOne(TOKEN).cancelled).toBe(true);
      jest.runOnlyPendingTimers();
      expect(channels).toHaveLength(0);
    });
  });

  it('closes the connection when nobody listens any more', () => {
    watch().unsubscribe();
    expect(channel().isClosed).toBe(true);
  });
});
