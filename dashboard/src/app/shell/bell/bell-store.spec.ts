import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { NotificationBody } from '@securescan/contracts';
import { Toaster } from '../../core/toasts/toaster';
import { BellStore } from './bell-store';

const LIST = '/api/v1/notifications?limit=10';
const COUNT = '/api/v1/notifications/unread-count';
const ENTRY: NotificationBody = {
  id: 'n-1',
  type: 'scan.complete',
  severity: 'warning',
  title: 'Scan of shop',
  body: null,
  link: '/scan/s1',
  scan_id: 's1',
  scan_deleted: false,
  created_at: '2026-03-01T10:00:00.000Z',
  read_at: null,
};

describe('BellStore', () => {
  let http: HttpTestingController;
  let store: BellStore;

  beforeEach(async () => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), BellStore],
    });
    http = TestBed.inject(HttpTestingController);
    store = TestBed.inject(BellStore);
    http.expectOne(COUNT).flush({ count: 25, is_exact: true });
    await settle();
  });

  afterEach(() => {
    http.verify();
  });

  async function settle(): Promise<void> {
    TestBed.tick();
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    TestBed.tick();
  }

  async function open(): Promise<void> {
    store.open();
    await settle();
    http.expectOne(LIST).flush([ENTRY]);
    http.expectOne(COUNT).flush({ count: 25, is_exact: true });
    await settle();
  }

  function readAt(): string | null | undefined {
    const latest = store.latest();
    return latest.state === 'value' ? latest.value[0]?.read_at : undefined;
  }

  it('counts all that is unread, not what it lists', async () => {
    await open();
    expect(store.unread()?.count).toBe(25);
  });

  it('shows at once what is marked as read', async () => {
    await open();
    const marked = store.markRead(ENTRY);
    expect([typeof readAt(), store.unread()?.count]).toEqual(['string', 24]);
    const read_at = '2026-03-01T11:00:00.000Z';
    http.expectOne('/api/v1/notifications/n-1/read').flush({ ...ENTRY, read_at });
    await settle();
    http.expectOne(LIST).flush([{ ...ENTRY, read_at }]);
    http.expectOne(COUNT).flush({ count: 24, is_exact: true });
    await marked;
    expect(readAt()).toBe(read_at);
  });

  it('shows it as unread again, and says why, where the server did not take it', async () => {
    await open();
    const marked = store.markRead(ENTRY);
    http
      .expectOne('/api/v1/notifications/n-1/read')
      .flush({ detail: 'gone', code: 'X' }, { status: 404, statusText: 'Not Found' });
    await settle();
    http.expectOne(LIST).flush([ENTRY]);
    http.expectOne(COUNT).flush({ count: 25, is_exact: true });
    await marked;
    expect([readAt(), store.unread()?.count]).toEqual([null, 25]);
    expect(TestBed.inject(Toaster).toasts()[0]?.problem?.message).toBe('gone');
  });
});
