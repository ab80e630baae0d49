import type { JsonObject } from '@securescan/contracts';
import { placeOf } from './finding-place';

function nowhere(metadata: JsonObject): string {
  return placeOf({ file_path: null, line_start: null, metadata });
}

describe('placeOf', () => {
  it('names the file and the line before anything else', () => {
    const metadata = { package: 'lodash', installed_version: '4.17.20' };
    expect(placeOf({ file_path: 'src/a.ts', line_start: 12, metadata })).toBe('src/a.ts:12');
    expect(placeOf({ file_path: 'package-lock.json', line_start: null, metadata })).toBe(
      'package-lock.json',
    );
  });

  it.each([
    [{ target_url: 'http://shop.test/', url: 'http://shop.test/a' }, 'http://shop.test/a'],
    [{ target_url: 'http://shop.test/' }, 'http://shop.test/'],
    [{ host_addr: '10.1.2.3', port: 443, protocol: 'tcp' }, '10.1.2.3:443/tcp'],
    [{ host_addr: 'fd00::1', port: 53 }, '[fd00::1]:53'],
    [{ host_addr: '10.1.2.3' }, '10.1.2.3'],
    [{ package: 'lodash', installed_version: '4.17.20' }, 'lodash 4.17.20'],
    [{ package: 'lodash' }, 'lodash'],
    [{ resource: 'aws_s3_bucket.logs' }, 'aws_s3_bucket.logs'],
    [{ baseline_scope: 'host', path: '/etc/shadow' }, '/etc/shadow'],
    [{ baseline_scope: 'host' }, 'this machine'],
    [{ baseline_scope: 'target' }, 'whole target'],
    [{ url: ['http://shop.test/'], host_addr: {}, package: '' }, 'whole target'],
    [{}, 'whole target'],
  ])('finds a place without a file in %j', (metadata, expected) => {
    expect(nowhere(metadata)).toBe(expected);
  });
});
