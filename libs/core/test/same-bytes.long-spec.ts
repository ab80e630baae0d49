import { EVERYWHERE, hashesIn, RENDERED } from './hashes-everywhere';

jest.setTimeout(600_000);

// All that is promised of bytes: 200 shuffles in each of 18 places.
it('gives one hash for each format, in any order, time zone, locale and directory', async () => {
  const lines = await hashesIn(EVERYWHERE, 200);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(RENDERED);
});
