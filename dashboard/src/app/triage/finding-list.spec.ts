import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { aFinding } from '../../test/wire-samples';
import { parseFindings } from '../core/api/wire';
import { FindingList, PAGE_SIZE } from './finding-list';

const TOTAL = 30 * PAGE_SIZE;

describe('FindingList', () => {
  let list: FindingList;
  let http: HttpTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), FindingList],
    });
    list = TestBed.inject(FindingList);
    http = TestBed.inject(HttpTestingController);
    open('/list');
  });

  function open(url: string): void {
    const parse = (body: unknown) =>
      parseFindings(body).map((finding) => ({
        finding,
        project: 'shop',
        target: null,
        lastSeen: null,
      }));
    list.open({ url, params: { sort: 'severity' }, parse });
  }

  /** Answers the one request that is open with the page that its cursor asks for. */
  async function answer(url = '/list'): Promise<number> {
    const request = http.expectOne(({ url: asked }) => asked === url);
    const page = Number(request.request.params.get('cursor') ?? 0);
    const rows = Array.from({ length: PAGE_SIZE }, (_, row) => aFinding({ id: `${page}-${row}` }));
    const isLast = (page + 1) * PAGE_SIZE >= TOTAL;
    const link: Record<string, string> = isLast
      ? {}
      : { Link: `<${url}?cursor=${page + 1}>; rel="next"` };
    request.flush(rows, { headers: { 'X-Total-Count': String(TOTAL), ...link } });
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    return page;
  }

  const id = (index: number): string | null => list.rowAt(index)?.finding.id ?? null;

  it('reads what comes into sight and a little ahead, and grows with it', async () => {
    await answer();
    expect([id(0), id(PAGE_SIZE)]).toEqual(['0-0', null]);
    expect(list.rowCount()).toBe(2 * PAGE_SIZE);
    void list.show(0, 20);
    http.verify();
    void list.show(40, 70);
    expect(await answer()).toBe(1);
    expect(id(PAGE_SIZE)).toBe('1-0');
  });

  it('lets go of pages that are far away, and reads them again on the way back', async () => {
    await answer();
    for (let page = 1; page < 14; page += 1) {
      void list.show(page * PAGE_SIZE - 60, page * PAGE_SIZE - 40);
      expect(await answer()).toBe(page);
    }
    expect([id(0), id(13 * PAGE_SIZE)]).toEqual([null, '13-0']);
    void list.show(0, 20);
    expect(await answer()).toBe(0);
    expect(id(0)).toBe('0-0');
    expect(list.reached()).toBe(14 * PAGE_SIZE);
  });

  it('keeps its rows until the next list is there, and pays no heed to late answers', async () => {
    await answer();
    open('/next');
    expect([id(0), list.isBusy()]).toEqual(['0-0', true]);
    open('/last');
    const late = http.expectOne(({ url }) => url === '/next');
    late.flush([aFinding({ id: 'late' })]);
    await answer('/last');
    expect([id(0), list.isBusy()]).toEqual(['0-0', false]);
  });

  it('says why it ends where it does, and goes on when it is asked again', async () => {
    await answer();
    void list.show(60, 80);
    http
      .expectOne(({ url }) => url === '/list')
      .flush({ detail: 'Busy.' }, { status: 503, statusText: 'Busy' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(list.moreProblem()?.message).toBe('Busy.');
    expect(id(0)).toBe('0-0');
    void list.retryMore();
    expect(await answer()).toBe(1);
    expect(list.moreProblem()).toBeNull();
  });
});
