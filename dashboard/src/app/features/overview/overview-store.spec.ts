import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ScanBody, ScanStatus } from '@securescan/contracts';
import { FakeEventChannel } from '../../../test/fake-event-channel';
import { aFinding, aScan, aSummary, anOutcome, eventJson } from '../../../test/wire-samples';
import { OPEN_EVENT_CHANNEL } from '../../core/live/event-source';
import { OverviewStore } from './overview-store';

const LIST = '/api/v1/scans?limit=20';
const START = { target: '/srv', scan_types: ['code'], scanner_count: 2, scanners: ['a', 'b'] };
const OUTCOME = anOutcome({ scanner: 'a' });
const ENDED = { scanner: 'a', findings_count: 0, duration_s: 1, outcome: OUTCOME };

function scanOf(id: string, status: ScanStatus): ScanBody {
  return aScan({ id, status });
}

describe('OverviewStore', () => {
  let http: HttpTestingController;
  let channels: FakeEventChannel[];
  let store: OverviewStore;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    channels = [];
    TestBed.configureTestingModule({
      providers: [
        OverviewStore,
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
    store = TestBed.inject(OverviewStore);
  });

  afterEach(() => {
    http.verify();
    TestBed.resetTestingModule();
    jest.useRealTimers();
  });

  /** Lets resources send what is due, and take what came. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn += 1) {
      TestBed.tick();
      await Promise.resolve();
    }
  }

  async function answer(url: string, body: object): Promise<void> {
    await settle();
    http.expectOne((request) => request.urlWithParams === url).flush(body);
    await settle();
  }

  function channelOf(id: string): FakeEventChannel | undefined {
    return channels.find(({ url, isClosed }) => url.includes(`/${id}/`) && !isClosed);
  }

  function progress(): unknown[] {
    return store.live().map(({ scan, progress: { ended, total } }) => [scan.id, ended, total]);
  }

  it('follows the two scans that have run longest, and asks for the list when one has ended', async () => {
    const running = ['s3', 's2', 's1'].map((id) => scanOf(id, 'running'));
    await answer(LIST, running);
    expect(channels.map(({ url }) => /\/(s\d)\//.exec(url)?.[1])).toEqual(['s2', 's1']);
    channelOf('s1')?.send('scan.start', eventJson(1, START));
    channelOf('s1')?.send('scanner.complete', eventJson(2, ENDED));
    await settle();
    expect(progress()).toEqual([
      ['s3', 0, 0],
      ['s2', 0, 0],
      ['s1', 1, 2],
    ]);
    expect(store.latest()).toBeNull();

    channelOf('s1')?.send('scan.cancelled', eventJson(3));
    await answer(LIST, [...running.slice(0, 2), scanOf('s1', 'cancelled')]);
    expect(store.latest()?.id).toBe('s1');
    expect(progress()).toEqual([
      ['s3', 0, 0],
      ['s2', 0, 0],
    ]);
    expect(
      [channelOf('s3'), channelOf('s2'), channelOf('s1')].map((it) => it !== undefined),
    ).toEqual([true, true, false]);
  });

  it('asks again every 15 seconds, and keeps its connections while the list says the same', async () => {
    await answer(LIST, [scanOf('s1', 'running')]);
    jest.advanceTimersByTime(15_000);
    await answer(LIST, [scanOf('s1', 'running')]);
    expect(channels).toHaveLength(1);
    expect(channels[0]?.isClosed).toBe(false);
  });

  it('reads the numbers and the worst findings of the newest scan that completed', async () => {
    await answer(LIST, [
      scanOf('s3', 'pending'),
      scanOf('s2', 'completed'),
      scanOf('s1', 'failed'),
    ]);
    http.expectOne('/api/v1/scans/s2/summary').flush(aSummary());
    http.expectOne('/api/v1/scans/s2/findings?limit=5').flush([aFinding()]);
    await settle();
    expect(store.latest()?.id).toBe('s2');
    expect([store.summary().state, store.topFindings().state]).toEqual(['value', 'value']);
  });

  it('asks for no numbers of a scan that failed', async () => {
    await answer(LIST, [scanOf('s2', 'failed'), scanOf('s1', 'completed')]);
    expect(store.latest()?.id).toBe('s2');
    expect(store.summary().state).toBe('loading');
  });
});
