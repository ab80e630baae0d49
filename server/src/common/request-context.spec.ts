import { originFormOf, pathOf } from './request-context';

it.each([
  ['/api/v1/scans?a=b', '/api/v1/scans?a=b'],
  ['http://elsewhere.example/api/v1/scans?a=b', '/api/v1/scans?a=b'],
  ['HTTPS://ada:secret@elsewhere.example:1/', '/'],
  ['http://elsewhere.example', '/'],
  ['http://elsewhere.example?a=b', '/?a=b'],
  ['http:/api/v1/scans', '/http:/api/v1/scans'],
  ['*', '*'],
  ['', '/'],
])('takes the target %j for %j', (target, path) => {
  expect(originFormOf(target)).toBe(path);
});

it('leaves the query out of a path', () => {
  expect([pathOf('/a?b=c?d'), pathOf('/a')]).toEqual(['/a', '/a']);
});
