import { hashesEverywhere, RENDERED } from './hashes-everywhere';

jest.setTimeout(120_000);

// Other shuffles in each of 18 places; the long test has 200 in each.
it('gives one hash for each format, in any order, time zone, locale and directory', async () => {
  const lines = await hashesEverywhere(6);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(RENDERED);
});
