import { hashesIn, RENDERED, SOME_PLACES } from './hashes-everywhere';

jest.setTimeout(120_000);

// Other shuffles in each of three places; the long test has 200 in each of 18.
it('gives one hash for each format, in any order, time zone, locale and directory', async () => {
  const lines = await hashesIn(SOME_PLACES, 12);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(RENDERED);
});
