import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, Router, convertToParamMap } from '@angular/router';
import type { FindingWithStateBody } from '@securescan/contracts';
import { BehaviorSubject } from 'rxjs';
import { aFinding } from '../../test/wire-samples';
import { parseFindings } from '../core/api/wire';
import { FindingsBrowser } from './findings-browser';
import { provideFindingsSection } from './provide-triage';

const LIST = '/list';
const FINDINGS = ['aa', 'bb', 'bb', 'cc'].map((name, index) =>
  aFinding({ id: `f-${index}`, fingerprint: name.repeat(32), title: name }),
);

describe('FindingsBrowser', () => {
  let browser: FindingsBrowser;
  let http: HttpTestingController;
  let address: BehaviorSubject<ReturnType<typeof convertToParamMap>>;
  /** As the router does: the address after a change is what it was, with what is new. */
  let params: Record<string, string>;
  const navigate = jest.fn(
    (_: unknown, { queryParams }: { queryParams: Record<string, string | null> }) => {
      const merged = Object.entries({ ...params, ...queryParams });
      params = Object.fromEntries(merged.filter(([, value]) => value !== null)) as typeof params;
      address.next(convertToParamMap(params));
      return Promise.resolve(true);
    },
  );

  beforeEach(() => {
    params = {};
    address = new BehaviorSubject(convertToParamMap({}));
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        provideFindingsSection(() => ({
          kind: 'scan',
          url: signal(LIST),
          parse: (body) =>
            parseFindings(body).map((finding) => ({
              finding,
              project: 'shop',
              target: null,
              lastSeen: null,
            })),
          single: (fingerprint) => ({ url: LIST, params: { fingerprint, limit: '1' } }),
        })),
        { provide: ActivatedRoute, useValue: { queryParamMap: address } },
        { provide: Router, useValue: { navigate } },
      ],
    });
    http = TestBed.inject(HttpTestingController);
  });

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      TestBed.tick();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** Answers lists with all findings, counts with their number, and the question for a single one. */
  async function answer(single: FindingWithStateBody[] = []): Promise<void> {
    await settle();
    for (const request of http.match(LIST_URL)) {
      const headers = { 'X-Total-Count': request.request.params.has('sort') ? '4' : '2' };
      const isSingle = request.request.params.has('fingerprint');
      const isCount = !isSingle && !request.request.params.has('sort');
      request.flush(isSingle ? single : isCount ? [FINDINGS[0]] : FINDINGS, { headers });
    }
    await settle();
  }
  const LIST_URL = ({ url }: { url: string }): boolean => url === LIST;

  async function show(query: Record<string, string> = {}): Promise<void> {
    params = query;
    address.next(convertToParamMap(query));
    browser = TestBed.inject(FindingsBrowser);
    await answer();
  }

  it('counts what it hides', async () => {
    await show();
    expect(browser.list.total()).toEqual({ count: 4, isExact: true });
    expect(browser.hidden()).toEqual({
      dismissed: { count: 2, isExact: true },
      suppressed: { count: 2, isExact: true },
    });
    await browser.narrow({ isDismissedShown: true, isSuppressedShown: true });
    await answer();
    expect(params).toEqual({ dismissed: 'show', suppressed: 'show' });
    expect(browser.hidden()).toEqual({ dismissed: null, suppressed: null });
  });

  it('opens the row that was meant, though another has the same fingerprint', async () => {
    await show();
    await browser.toggle(2);
    await settle();
    expect([params['finding'], browser.openedIndex()]).toEqual(['bb'.repeat(32), 2]);
    await browser.toggle(2);
    await settle();
    expect([params['finding'], browser.openedIndex(), browser.row()]).toEqual([
      undefined,
      -1,
      null,
    ]);
  });

  it('opens by the address in its row, or before the list where that does not have it', async () => {
    await show({ finding: 'cc'.repeat(32) });
    expect([browser.openedIndex(), browser.isInFront()]).toEqual([3, false]);

    await browser.narrow({ severity: ['low'] });
    await answer();
    params = { severity: 'low', finding: 'dd'.repeat(32) };
    address.next(convertToParamMap(params));
    await answer([aFinding({ fingerprint: 'dd'.repeat(32), title: 'far down' })]);
    expect([browser.openedIndex(), browser.isInFront()]).toEqual([-1, true]);
    expect(browser.row()?.finding.title).toBe('far down');
  });

  it('chooses stretches of rows, and findings once however often they occur', async () => {
    await show();
    browser.select(0);
    browser.select(3, true);
    expect(browser.selection()).toHaveLength(3);
    browser.select(1);
    expect(browser.selection().map(({ fingerprint }) => fingerprint.slice(0, 2))).toEqual([
      'aa',
      'cc',
    ]);
    await browser.narrow({ severity: ['low'] });
    await answer();
    expect(browser.selection()).toEqual([]);
  });
});
