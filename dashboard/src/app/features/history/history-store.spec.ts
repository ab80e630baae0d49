import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, convertToParamMap } from '@angular/router';
import { BehaviorSubject } from 'rxjs';
import { aScan } from '../../../test/wire-samples';
import { AddressQuery } from '../../core/address-query';
import { CLOCK } from '../../ui/time/ticker';
import { HistoryStore } from './history-store';

const NOW = Date.parse('2026-03-08T12:00:00.000Z');

describe('HistoryStore', () => {
  let http: HttpTestingController;
  let store: HistoryStore;
  let query: BehaviorSubject<ReturnType<typeof convertToParamMap>>;

  function open(address: Record<string, string>): void {
    query = new BehaviorSubject(convertToParamMap(address));
    TestBed.configureTestingModule({
      providers: [
        HistoryStore,
        AddressQuery,
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: ActivatedRoute, useValue: { queryParamMap: query } },
        { provide: CLOCK, useValue: () => NOW },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    store = TestBed.inject(HistoryStore);
  }

  async function settle(): Promise<void> {
    TestBed.tick();
    await Promise.resolve();
    TestBed.tick();
    await Promise.resolve();
  }

  /** Answers the list, and returns what it was asked for. */
  async function answer(...scans: readonly object[]): Promise<Record<string, string>> {
    TestBed.tick();
    const request = http.expectOne(({ url }) => url === '/api/v1/scans');
    request.flush(scans);
    await settle();
    return Object.fromEntries(new URLSearchParams(request.request.params.toString()));
  }

  it('asks the server for what the address says, and for nothing that it cannot say', async () => {
    open({ status: 'failed', q: ' /srv/shop ', since: '7d', sort: 'highest_risk' });
    expect(await answer()).toEqual({
      status: 'failed',
      q: '/srv/shop',
      sort: 'highest_risk',
      created_after: '2026-03-01T12:00:00.000Z',
      limit: '25',
    });
    expect(store.isFiltered()).toBe(true);
    query.next(convertToParamMap({ status: 'asleep', since: 'ever', q: ' ', sort: 'cheapest' }));
    expect(await answer(aScan())).toEqual({ limit: '25', sort: 'newest' });
    expect(store.isFiltered()).toBe(false);
  });

  it('keeps the rows when a later round fails, and says that they may be old', async () => {
    open({});
    await answer(aScan());
    store.reload();
    TestBed.tick();
    http
      .expectOne(({ url }) => url === '/api/v1/scans')
      .error(new ProgressEvent('error'), { status: 0, statusText: '' });
    await settle();
    const { shown, problem } = store.scans();
    expect([shown.state, problem?.status]).toEqual(['value', 0]);
    store.reload();
    await answer(aScan(), aScan({ id: 'other' }));
    expect(store.scans()).toMatchObject({ problem: null, shown: { value: { length: 2 } } });
  });

  it('shows no rows of another filter while that one cannot be read', async () => {
    open({});
    await answer(aScan());
    query.next(convertToParamMap({ status: 'failed' }));
    TestBed.tick();
    expect(store.scans().shown.state).toBe('loading');
    http
      .expectOne(({ url }) => url === '/api/v1/scans')
      .error(new ProgressEvent('error'), { status: 0, statusText: '' });
    await settle();
    expect(store.scans().shown.state).toBe('error');
  });

  it('reports why a scan was not started again, sends nothing twice and reads the list anew', async () => {
    open({});
    await answer(aScan());
    const first = store.rerun(aScan());
    expect(await store.remove(aScan())).toBe(false);
    const order = http.expectOne({ method: 'POST', url: '/api/v1/scans' });
    expect(order.request.body).toMatchObject({ target_path: '/srv/shop', scan_types: ['code'] });
    order.flush({ detail: 'Too many.' }, { status: 429, statusText: 'Too Many' });
    expect(await first).toBeNull();
    expect(store.failedAction()).toMatchObject({
      action: 'rerun',
      problem: { message: 'Too many.' },
    });
    expect(await answer(aScan())).toEqual({ limit: '25', sort: 'newest' });
    expect(store.busyScans().size).toBe(0);
  });
});
