import { pypiName } from '../../pypi-name';

/** A dependency specifier: https://packaging.python.org/specifications/dependency-specifiers */
export interface Requirement {
  /** Normalised. */
  readonly name: string;
  readonly extras: readonly string[];
  /** The clauses of its version, empty for any. */
  readonly specifier: string;
  /** Where it comes from, if not from an index. */
  readonly url: string | null;
  readonly marker: string | null;
}

const NAME = /^\s{0,20}([A-Za-z0-9](?:[\w.-]{0,200}[A-Za-z0-9])?)(?=$|[\s[<>=!~;@(,])/u;
const SPECIFIER = /^(?:[<>=!~]=?=?[^;]*)?$/u;
const EXACT = /^={2,3}\s*([^\s,;*=<>!~]{1,100})$/u;

/** `null` for what is none. */
export function parseRequirement(text: string): Requirement | null {
  const found = NAME.exec(text);
  if (found === null) return null;
  const behindName = text.slice(found[0].length).trimStart();
  const closing = behindName.startsWith('[') ? behindName.indexOf(']') : -1;
  if (behindName.startsWith('[') && closing === -1) return null;
  const rest = behindName.slice(closing + 1).trim();
  const parts = rest.startsWith('@') ? placeAndMarker(rest) : specifierAndMarker(rest);
  if (parts === null) return null;
  const extras = closing === -1 ? [] : behindName.slice(1, closing).split(',');
  return {
    name: pypiName(found[1] ?? ''),
    extras: extras.map((extra) => pypiName(extra.trim())).filter((extra) => extra !== ''),
    ...parts,
  };
}

/** Behind an address, only a semicolon after white space begins the marker. */
function placeAndMarker(rest: string): Pick<Requirement, 'specifier' | 'url' | 'marker'> | null {
  const [url = '', ...marker] = rest.slice(1).trim().split(/\s+/u);
  const behind = marker.join(' ');
  return url === '' ? null : { specifier: '', url, marker: behind.replace(/^;\s?/u, '') || null };
}

function specifierAndMarker(
  rest: string,
): Pick<Requirement, 'specifier' | 'url' | 'marker'> | null {
  const cut = rest.indexOf(';');
  const stated = (cut === -1 ? rest : rest.slice(0, cut)).trim();
  const specifier = /^\((.*)\)$/u.exec(stated)?.[1]?.trim() ?? stated;
  if (!SPECIFIER.test(specifier)) return null;
  return { specifier, url: null, marker: cut === -1 ? null : rest.slice(cut + 1).trim() || null };
}

/** The version that a specifier pins; `null` where it leaves a choice. */
export function exactVersion(specifier: string): string | null {
  return EXACT.exec(specifier.trim())?.[1] ?? null;
}
