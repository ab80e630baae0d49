import { checkHost, checkPath, checkUrl } from './target-check';

describe('what is wrong with a target before anyone asked the server', () => {
  it.each(['/srv/shop', ' /srv/shop ', 'C:\\shop', '/'])('nothing, with the path "%s"', (text) => {
    expect(checkPath(text)).toBeNull();
  });

  it.each(['', '  ', 'src/shop', './shop', '~/shop'])('something, with the path "%s"', (text) => {
    expect(checkPath(text)).not.toBeNull();
  });

  it.each([
    'http://localhost:8080',
    'https://shop.test/a?b=c',
    ' HTTPS://shop.test ',
    'http://[::1]/',
  ])('nothing, with the address "%s"', (text) => {
    expect(checkUrl(text)).toBeNull();
  });

  it.each([
    ['', /Name the address/],
    ['shop.test', /begins with http/],
    ['ftp://shop.test/', /begins with http/],
    ['javascript:alert(1)', /begins with http/],
    ['http://', /begins with http/],
    ['http:///shop', /begins with http/],
    ['http://a b/', /begins with http/],
    ['https://ada:word@shop.test/', /user name and password/],
    [`http://shop.test/${'a'.repeat(2048)}`, /too long/],
  ])('something, with the address "%s"', (text, expected) => {
    expect(checkUrl(text)).toMatch(expected);
  });

  it.each(['shop.test', '10.1.2.3', '10.1.2.0/24', '::1', 'fd00::/120', '[::1]', ' localhost '])(
    'nothing, with the host "%s"',
    (text) => {
      expect(checkHost(text)).toBeNull();
    },
  );

  it.each([
    [' ', /Name the host/],
    ['http://shop.test/', /host alone/],
    ['10.1.2.3, 10.1.2.4', /neither/],
    ['-oX', /neither/],
    ['shop.test;id', /neither/],
    ['a'.repeat(254), /neither/],
  ])('something, with the host "%s"', (text, expected) => {
    expect(checkHost(text)).toMatch(expected);
  });
});
