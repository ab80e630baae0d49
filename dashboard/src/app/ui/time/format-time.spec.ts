import { formatAge, formatDuration, formatElapsed, formatInstant } from './format-time';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('times', () => {
  it.each([
    [-9_000, 'just now'],
    [4_999, 'just now'],
    [5_000, '5s ago'],
    [59_999, '59s ago'],
    [MINUTE, '1m ago'],
    [59 * MINUTE, '59m ago'],
    [DAY - 1, '23h ago'],
    [29 * DAY, '29d ago'],
    [45 * DAY, '1mo ago'],
    [800 * DAY, '2y ago'],
  ])('an age of %d ms reads %s', (milliseconds, expected) => {
    expect(formatAge(milliseconds)).toBe(expected);
  });

  it.each([
    [0.0452, '45 ms'],
    [12.34, '12.3 s'],
    [200, '3 min 20 s'],
    [3_900, '1 h 5 min'],
  ])('a span of %d s reads %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });

  it('counts whole seconds on a stop watch, never below none', () => {
    expect(formatElapsed(8_900)).toBe('8 s');
    expect(formatElapsed(-50)).toBe('0 s');
    expect(formatElapsed(125_000)).toBe('2 min 5 s');
  });

  it('shows an instant in UTC, and what it cannot read as it is', () => {
    expect(formatInstant('2026-03-01T12:30:05.123Z')).toBe('2026-03-01 12:30:05 UTC');
    expect(formatInstant('soon')).toBe('soon');
  });
});
