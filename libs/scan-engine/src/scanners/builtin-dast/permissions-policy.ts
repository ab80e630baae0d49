import type { Weakness } from './rule';
import { compareCodePoints } from '@securescan/core';

const NAME = 'permissions-policy';
/** Features with which a page can observe or charge its visitor. */
const POWERFUL: ReadonlySet<string> = new Set([
  'bluetooth',
  'camera',
  'clipboard-read',
  'display-capture',
  'geolocation',
  'hid',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]);
/** A member of a structured dictionary (RFC 9651): a key, and what may stand behind it here. */
const MEMBER =
  /^(?<feature>[a-z*][a-z0-9_.*-]{0,60})(?:=(?<allowed>\*|self|src|\([^()]{0,4000}\)|"[^"]{0,300}"))?(?:;[^,]{0,300})?$/u;
const ITEM = /^(?:\*|self|src|none|"[^"]{0,300}")$/u;
const MAX_FEATURES = 10;

/** One member that is no member of a structured dictionary voids the whole header (RFC 9651, 4.2). */
export function judgePermissionsPolicy(values: readonly string[]): Weakness[] {
  if (values.length === 0) return [];
  const members = splitOutside(values.join(','), ',').map((member) => member.trim());
  const parsed = members.map((member) => MEMBER.exec(member)?.groups ?? null);
  const isBroken = parsed.some(
    (groups) => groups === null || !itemsOf(groups['allowed']).every((item) => ITEM.test(item)),
  );
  if (isBroken) {
    const detail =
      'It is not written as `feature=(origins)`, so browsers ignore the whole header; the syntax of Feature-Policy is another one.';
    return [{ subject: NAME, severity: 'medium', detail }];
  }
  const open = parsed.flatMap((groups) => {
    const feature = groups?.['feature'] ?? '';
    const isOpen = itemsOf(groups?.['allowed']).includes('*');
    return isOpen && POWERFUL.has(feature) ? [feature] : [];
  });
  if (open.length === 0) return [];
  const names = [...new Set(open)].sort(compareCodePoints).slice(0, MAX_FEATURES).join(', ');
  const detail = `It leaves ${names} to every origin that the page frames.`;
  return [{ subject: NAME, severity: 'low', detail }];
}

function itemsOf(allowed: string | undefined): string[] {
  if (allowed === undefined) return [];
  const list = allowed.startsWith('(') ? allowed.slice(1, -1) : allowed;
  return list.split(/\s+/u).filter((item) => item !== '');
}

/** Takes a text apart at a sign, but for where it stands within quotes. */
function splitOutside(text: string, sign: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] !== sign || isQuoted) continue;
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  return [...parts, text.slice(start)];
}
