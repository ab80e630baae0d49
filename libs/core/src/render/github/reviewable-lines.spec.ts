import { reviewableLines } from './reviewable-lines';

describe('the lines that a pull request shows', () => {
  it.each([
    ['nothing', [], []],
    ['a changed line', [[10, 1, 10, 1]], [[7, 13]]],
    ['lines that are new', [[10, 0, 11, 2]], [[8, 15]]],
    ['lines that are gone', [[10, 2, 9, 0]], [[7, 12]]],
    ['the first line', [[1, 1, 1, 1]], [[1, 4]]],
    ['a file that is new', [[0, 0, 1, 40]], [[1, 43]]],
    ['lines gone from the top', [[1, 2, 0, 0]], [[1, 3]]],
    [
      'two places whose contexts touch',
      [
        [10, 1, 10, 1],
        [17, 1, 17, 1],
      ],
      [[7, 20]],
    ],
    [
      'two places apart',
      [
        [10, 1, 10, 1],
        [18, 1, 18, 1],
      ],
      [
        [7, 13],
        [15, 21],
      ],
    ],
  ])('%s', (_what, hunks, expected) => {
    const ranges = reviewableLines(
      hunks.map(([baseStart = 0, baseCount = 0, headStart = 0, headCount = 0]) => ({
        baseStart,
        baseCount,
        headStart,
        headCount,
      })),
    );
    expect(ranges.map(({ start, end }) => [start, end])).toEqual(expected);
  });
});
