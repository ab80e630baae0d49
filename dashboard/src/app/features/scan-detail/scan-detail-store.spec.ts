import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, convertToParamMap } from '@angular/router';
import { BehaviorSubject } from 'rxjs';
import { FakeEventChannel } from '../../../test/fake-event-channel';
import { aScan, aSummary, eventJson } from '../../../test/wire-samples';
import { OPEN_EVENT_CHANNEL } from '../../core/live/event-source';
import { ScanDetailStore } from './scan-detail-store';

const SCAN = '/api/v1/scans/s1';

describe('ScanDetailStore', () => {
  let http: HttpTestingController;
  let channels: FakeEventChannel[];

  beforeEach(() => {
    channels = [];
    TestBed.configureTestingModule({
      providers: [
        ScanDetailStore,
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
        {
          provide: ActivatedRoute,
          useValue: {
            paramMap: new BehaviorSubject(convertToParamMap({ id: 's1' })),
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

  /** Lets resources send what is due, and take what came. */
  async function settle(): Promise<void> {
    TestBed.tick();
    await Promise.resolve();
    TestBed.tick();
    await Promise.resolve();
  }

  async function answer(url: string, body: object, headers = {}): Promise<void> {
    await settle();
    http.expectOne((request) => request.urlWithParams === url).flush(body, { headers });
    await settle();
  }

  async function openCompleted(record = aScan({ id: 's1' })): Promise<ScanDetailStore> {
    const scan = TestBed.inject(ScanDetailStore);
    await answer(SCAN, record);
    await answer(`${SCAN}/summary`, aSummary());
    const standing = { scan_id: 's1', project: null, target: null, coverage: [] };
    await answer('/api/v1/compliance/coverage?scan_id=s1', standing);
    return scan;
  }

  it('follows a running scan and reads it again when it ends', async () => {
    const scan = TestBed.inject(ScanDetailStore);
    await answer(SCAN, aScan({ id: 's1', status: 'pending' }));
    expect(scan.status()).toBe('pending');
    const start = { target: '/srv', scan_types: ['code'], scanner_count: 1, scanners: ['secrets'] };
    channels[0]?.send('scan.start', eventJson(1, start));
    await settle();
    expect(scan.status()).toBe('running');
    expect(scan.progress().scanners).toHaveLength(1);

    channels[0]?.send('scan.cancelled', eventJson(2));
    await answer(SCAN, aScan({ id: 's1', status: 'cancelled' }));
    expect(scan.status()).toBe('cancelled');
    expect(channels).toHaveLength(1);
  });

  it('asks for the place of a waiting scan in the line until the scan starts', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    const scan = TestBed.inject(ScanDetailStore);
    await answer(SCAN, aScan({ id: 's1', status: 'pending', queue_position: 3 }));
    expect(scan.queuePosition()).toBe(3);
    jest.advanceTimersByTime(2_000);
    http.expectOne(SCAN).flush(aScan({ id: 's1', status: 'pending', queue_position: 2 }));
    await settle();
    expect(scan.queuePosition()).toBe(2);
    jest.advanceTimersByTime(2_000);
    http.expectOne(SCAN).flush({}, { status: 503, statusText: 'Service Unavailable' });
    await settle();
    expect(scan.queuePosition()).toBe(2);

    const start = { target: '/srv', scan_types: ['code'], scanner_count: 1, scanners: ['secrets'] };
    channels[0]?.send('scan.start', eventJson(1, start));
    await settle();
    expect(scan.queuePosition()).toBeNull();
    jest.advanceTimersByTime(10_000);
    http.expectNone(SCAN);
  });

  it('scans again with the scanners that were chosen', async () => {
    const scan = await openCompleted(aScan({ id: 's1', scanners: ['secrets'] }));
    const started = scan.rerun();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(request.request.body).toMatchObject({ scan_types: ['code'], scanners: ['secrets'] });
    request.flush(aScan({ id: 's2' }));
    expect(await started).toBe('s2');
  });

  it.each([
    [{ scan_types: ['dast'], target_path: null, target_url: 'http://shop.test/' }, {}],
    [{ scan_types: ['network'], target_path: null, target_host: '10.1.2.3' }, {}],
    [
      { scan_types: ['baseline'], target_path: null, baseline_host_probes: true },
      { baseline_host_probes: true },
    ],
    [{ scan_types: ['baseline'], target_path: '/srv/image' }, { baseline_host_probes: false }],
    [
      { scan_types: ['code', 'dast'], target_url: 'http://a.test/', active: true, history: true },
      { active: true, history: true },
    ],
  ] as const)('scans the same place again: %j', async (change, more) => {
    const before = aScan({ id: 's1', ...change, scan_types: [...change.scan_types] });
    const scan = await openCompleted(before);
    const started = scan.rerun();
    const request = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    const { target_path, target_url, target_host, scan_types } = before;
    expect(request.request.body).toEqual({
      target_path,
      target_url,
      target_host,
      scan_types,
      active: false,
      history: false,
      baseline_host_probes: false,
      ai: false,
      ...more,
    });
    request.flush(aScan({ id: 's2' }));
    expect(await started).toBe('s2');
  });

  it('says why an action was refused and lets it be tried again', async () => {
    const scan = await openCompleted();
    const removal = scan.remove();
    expect(scan.pendingAction()).toBe('delete');
    expect(await scan.remove()).toBe(false);
    http
      .expectOne({ method: 'DELETE', url: SCAN })
      .flush(
        { detail: 'Cancel it first.', code: 'SCAN_NOT_TERMINAL' },
        { status: 409, statusText: 'Conflict', headers: { 'X-Request-ID': 'r-9' } },
      );
    expect(await removal).toBe(false);
    expect(scan.pendingAction()).toBeNull();
    expect(scan.actionFailure()).toMatchObject({
      action: 'delete',
      problem: { message: 'Cancel it first.', requestId: 'r-9' },
    });
    expect(scan.scan().state).toBe('value');
  });

  it('shows an answer that is not understood as an error', async () => {
    const scan = TestBed.inject(ScanDetailStore);
    await answer(SCAN, { ...aScan(), status: 'sleeping' });
    const loaded = scan.scan();
    expect(loaded.state === 'error' ? loaded.problem.message : '').toContain('scan.status');
  });
});
