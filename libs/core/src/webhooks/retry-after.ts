const MS_PER_SECOND = 1000;
/** A receiver that asks for more is asked again after this. */
export const MOST_RETRY_AFTER_MS = 24 * 60 * 60 * MS_PER_SECOND;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The three spellings of a date that a recipient must know (RFC 9110, 5.6.7). */
const DATES = [
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/u,
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/u,
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/u,
];

/**
 * How long a receiver asks us to wait, in milliseconds from 0 to 24 h: whole seconds or a date. `null` for no header and for one
 * that cannot be read.
 */
export function retryAfterMs(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? '';
  // As many digits as never lose precision; a longer number asks for more than the most anyway.
  const asked = /^\d+$/u.test(text)
    ? Number(text.slice(0, 12)) * MS_PER_SECOND
    : msUntil(text, now);
  return asked === null ? null : Math.min(Math.max(asked, 0), MOST_RETRY_AFTER_MS);
}

function msUntil(text: string, now: Date): number | null {
  for (const pattern of DATES) {
    const { day, month, year, time } = pattern.exec(text)?.groups ?? {};
    if (day === undefined || month === undefined || year === undefined || time === undefined) {
      continue;
    }
    const date = `${fullYear(year, now)}-${numberOf(month)}-${day.replace(' ', '0')}`;
    const at = new Date(`${date}T${time}Z`).getTime();
    return Number.isNaN(at) ? null : at - now.getTime();
  }
  return null;
}

/** A year of two digits that seems more than 50 years ahead is one of the century before. */
function fullYear(year: string, now: Date): string {
  if (year.length === 4) return year;
  const thisYear = now.getUTCFullYear();
  const full = thisYear - (thisYear % 100) + Number(year);
  return String(full > thisYear + 50 ? full - 100 : full);
}

function numberOf(month: string): string {
  return String(MONTHS.indexOf(month) + 1).padStart(2, '0');
}
