import { convertToParamMap } from '@angular/router';
import {
  type FindingQuery,
  SCAN_SORTS,
  addressAfter,
  canSort,
  hiddenRequests,
  isNarrowed,
  queryOf,
  requestOf,
} from './finding-query';

function query(address: Record<string, string | string[]>): FindingQuery {
  return queryOf(convertToParamMap(address), SCAN_SORTS);
}

const UNDISMISSED = 'new,triaged,fixed';
const DISMISSED = 'false_positive,accepted_risk,wont_fix';

describe('what an address asks for', () => {
  it('leaves out what was dismissed and suppressed, unless it is to be shown', () => {
    expect(requestOf(query({}))).toEqual({
      sort: 'severity',
      status: UNDISMISSED,
      suppressed: 'false',
    });
    expect(requestOf(query({ dismissed: 'show', suppressed: 'show' }))).toEqual({
      sort: 'severity',
    });
    expect(requestOf(query({ status: 'wont_fix' })).status).toBe('wont_fix');
  });

  it('takes lists with commas or repeated, in the order of the server, and old links too', () => {
    const { severity, scanner } = query({ severity: ['low,high', 'low'], scanner: 'secrets' });
    expect([severity, scanner]).toEqual([['high', 'low'], ['secrets']]);
  });

  it('passes over what nobody understands', () => {
    const odd = query({ severity: 'worst', status: '', scanner: 'A B', sort: 'colour', q: '  ' });
    expect(isNarrowed(odd)).toBe(false);
    expect(odd.sort).toBe('severity');
  });

  it('lists everything in an order that cannot be narrowed, and gives that order up for a filter', () => {
    expect(requestOf(query({ sort: 'rule' }))).toEqual({ sort: 'rule' });
    expect(requestOf(query({ sort: 'file', severity: 'high' }))).toEqual({
      sort: 'file',
      severity: 'high',
    });
    expect(query({ sort: 'file', scanner: 'secrets' }).sort).toBe('severity');
    expect(canSort('rule', query({ severity: 'low' }))).toBe(false);
    expect(addressAfter(query({ sort: 'file' }), { scanner: ['secrets'] })).toEqual({
      scanner: 'secrets',
      sort: null,
    });
    expect(addressAfter(query({ sort: 'file' }), { severity: ['low'] })).toEqual({
      severity: 'low',
    });
  });
});

describe('what is hidden', () => {
  it('is counted each finding once, under the filters of the list', () => {
    const { dismissed, suppressed } = hiddenRequests(query({ severity: 'high' }));
    expect(dismissed).toEqual({ severity: 'high', status: DISMISSED, suppressed: 'false' });
    expect(suppressed).toEqual({ severity: 'high', suppressed: 'true' });
  });

  it('is only what is not shown anyway', () => {
    expect(hiddenRequests(query({ dismissed: 'show', suppressed: 'show' }))).toEqual({
      dismissed: null,
      suppressed: null,
    });
    expect(hiddenRequests(query({ status: 'new' })).dismissed).toBeNull();
    expect(hiddenRequests(query({ suppressed: 'show' })).dismissed).toEqual({ status: DISMISSED });
  });
});
