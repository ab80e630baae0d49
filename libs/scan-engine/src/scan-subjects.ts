import { readTargetHost } from './scanners/nmap/target-host';
import { TREE_SCAN_TYPES, type ScanType } from '@securescan/contracts';

/** What an order says of the places that it wants scanned. */
export interface AskedSubjects {
  readonly scanTypes: readonly ScanType[];
  readonly path: string | null;
  readonly url: string | null;
  readonly host: string | null;
  readonly active: boolean;
  readonly history: boolean;
  readonly hostProbes: boolean;
}

export interface SubjectProblem {
  readonly field: Exclude<keyof AskedSubjects, 'scanTypes'>;
  /** What is wrong, to be said behind the field's name. */
  readonly message: string;
}

/**
 * What is missing for the types that were asked for, and what would be of no use to them: nothing that somebody says is
 * ignored in silence. Pure.
 */
export function problemsOfSubjects(asked: AskedSubjects): SubjectProblem[] {
  return [
    ...pathProblems(asked),
    ...placeProblems('url', 'dast', asked),
    ...placeProblems('host', 'network', asked),
    ...switchProblems('active', 'dast', asked),
    ...switchProblems('history', 'code', asked),
    ...switchProblems('hostProbes', 'baseline', asked),
  ];
}

function pathProblems({ scanTypes, path, hostProbes }: AskedSubjects): SubjectProblem[] {
  const isRead = scanTypes.some(
    (type) => TREE_SCAN_TYPES.includes(type) || (type === 'baseline' && !hostProbes),
  );
  if (!isRead || path !== null) return [];
  return [{ field: 'path', message: 'is needed: name the directory or file to scan' }];
}

function placeProblems(
  field: 'url' | 'host',
  type: ScanType,
  { scanTypes, ...asked }: AskedSubjects,
): SubjectProblem[] {
  const isNeeded = scanTypes.includes(type);
  if (asked[field] === null) {
    const what = field === 'url' ? 'the address of the application' : 'the host';
    return isNeeded ? [{ field, message: `is needed by type ${type}: name ${what}` }] : [];
  }
  if (!isNeeded) return [{ field, message: `is of no use without type ${type}` }];
  return field === 'url' ? urlProblems(asked.url) : hostProblems(asked.host);
}

function urlProblems(text: string | null): SubjectProblem[] {
  const url = text !== null && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    return [{ field: 'url', message: 'must be a URL that begins with http:// or https://' }];
  }
  if (url.username === '' && url.password === '') return [];
  return [{ field: 'url', message: 'must not hold a user name or password' }];
}

function hostProblems(text: string | null): SubjectProblem[] {
  const host = readTargetHost(text ?? '');
  if (host.kind !== 'invalid') return [];
  const sentence = host.message.replace(/\.$/u, '');
  const message = `cannot be scanned: ${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
  return [{ field: 'host', message }];
}

function switchProblems(
  field: 'active' | 'history' | 'hostProbes',
  type: ScanType,
  { scanTypes, ...asked }: AskedSubjects,
): SubjectProblem[] {
  if (!asked[field] || scanTypes.includes(type)) return [];
  return [{ field, message: `is of no use without type ${type}` }];
}

/** The host of a URL as names and ranges are compared: without the brackets of an IPv6 address. */
export function hostOfUrl(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/gu, '');
}
