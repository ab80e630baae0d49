import { codingFor } from './compression';

describe('codingFor', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5, br;q=0.4', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['br;q=0, *', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['gzip;q=oops', null],
  ])('chooses for %j: %s', (header, coding) => {
    expect(codingFor(header)).toBe(coding);
  });
});
