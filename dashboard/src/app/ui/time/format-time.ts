const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

const STEPS: readonly (readonly [below: number, unit: number, suffix: string])[] = [
  [MINUTE, SECOND, 's'],
  [HOUR, MINUTE, 'm'],
  [DAY, HOUR, 'h'],
  [MONTH, DAY, 'd'],
  [YEAR, MONTH, 'mo'],
  [Infinity, YEAR, 'y'],
];

/** How long ago, in one unit: `just now`, `40s ago`, `3h ago`. Times ahead of the clock count as now. */
export function formatAge(milliseconds: number): string {
  if (milliseconds < 5 * SECOND) return 'just now';
  for (const [below, unit, suffix] of STEPS) {
    if (milliseconds < below) return `${Math.floor(milliseconds / unit)}${suffix} ago`;
  }
  return '';
}

/** A span of seconds: `840 ms`, `12.4 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${Math.max(0, Math.round(seconds * 1_000))} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The span for a stop watch, in whole seconds: `8 s`, `2 min 5 s`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds);
}

/** The wire's ISO time as people read it, in UTC: `2026-03-01 12:30:05 UTC`. */
export function formatInstant(iso: string): string {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(iso) ?? [];
  return date === undefined || time === undefined ? iso : `${date} ${time} UTC`;
}
