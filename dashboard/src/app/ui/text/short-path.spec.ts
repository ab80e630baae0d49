import { shortPath } from './short-path';

describe('shortPath', () => {
  it('leaves a short path alone', () => {
    expect(shortPath('/srv/shop', 20)).toBe('/srv/shop');
  });

  it('cuts the middle of a long one and keeps whole names at its end', () => {
    const path = '/home/someone/projects/customers/shop/server/src/orders.ts';
    const short = shortPath(path, 40);
    expect(short.length).toBeLessThanOrEqual(40);
    expect(short).toMatch(/^\/home\/.*…\/.*server\/src\/orders\.ts$/);
  });
});
