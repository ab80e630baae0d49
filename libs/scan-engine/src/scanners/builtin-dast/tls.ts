import type { TlsFacts } from '../../ports';
import type { DastRule, Observation } from './rule';
import {
  EXPIRED,
  EXPIRES_SOON,
  INVALID,
  NOT_YET_VALID,
  OLD_PROTOCOL,
  REVOKED,
  SELF_SIGNED,
  UNKNOWN_ISSUER,
  WEAK_CIPHER,
  WEAK_KEY,
  WRONG_NAME,
} from './tls-rules';

const DAYS_BEFORE_END = 14;
/** Below, RSA keys are within reach (NIST SP 800-131A); shorter than 600 bits they are of elliptic curves. */
const MIN_RSA_BITS = 2048;
const MOST_CURVE_BITS = 600;
const MIN_CURVE_BITS = 224;

const OLD_PROTOCOLS: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1']);
const WEAK_SUITE = /(?:^|[-_])(?:RC4|RC2|DES|3DES|NULL|EXP|EXPORT|ADH|AECDH|anon|MD5)(?:[-_]|$)/iu;

/** By OpenSSL's and Node's names. */
const BY_PROBLEM: ReadonlyMap<string, DastRule> = new Map([
  ['CERT_HAS_EXPIRED', EXPIRED],
  ['CERT_NOT_YET_VALID', NOT_YET_VALID],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', SELF_SIGNED],
  ['SELF_SIGNED_CERT_IN_CHAIN', UNKNOWN_ISSUER],
  ['UNABLE_TO_GET_ISSUER_CERT', UNKNOWN_ISSUER],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', UNKNOWN_ISSUER],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', UNKNOWN_ISSUER],
  ['ERR_TLS_CERT_ALTNAME_INVALID', WRONG_NAME],
  ['CERT_REVOKED', REVOKED],
  ['EE_KEY_TOO_SMALL', WEAK_KEY],
  ['CA_KEY_TOO_SMALL', WEAK_KEY],
]);
const NAME = 'certificate';
const REASON = /^[A-Za-z0-9_ .-]{1,100}$/u;

/** What the connection itself shows, whatever was answered over it. */
export function judgeTls(tls: TlsFacts): Observation[] {
  const rules = certificateRules(tls);
  const facts = { problem: tls.problem, valid_to: tls.validTo, key_bits: tls.keyBits };
  return [
    ...Array.from(rules, (rule) => ({ rule, subject: NAME, detail: detailOf(rule, tls), facts })),
    ...judgeConnection(tls),
  ];
}

/** OpenSSL tells one problem; that it has ended, or has a short key, is seen beside any other. */
function certificateRules({ problem, daysLeft, keyBits }: TlsFacts): ReadonlySet<DastRule> {
  const rules = new Set<DastRule>();
  if (problem !== null) rules.add(BY_PROBLEM.get(problem) ?? INVALID);
  if (daysLeft < 0) rules.add(EXPIRED);
  if (daysLeft >= 0 && daysLeft < DAYS_BEFORE_END) rules.add(EXPIRES_SOON);
  if (keyBits !== null && isShort(keyBits)) rules.add(WEAK_KEY);
  return rules;
}

function isShort(bits: number): boolean {
  return bits < MIN_CURVE_BITS || (bits > MOST_CURVE_BITS && bits < MIN_RSA_BITS);
}

function detailOf(rule: DastRule, { problem, validTo, keyBits }: TlsFacts): string {
  if (rule === EXPIRED || rule === EXPIRES_SOON) return `It holds until ${validTo.slice(0, 10)}.`;
  if (rule === WEAK_KEY && keyBits !== null) return `It has ${keyBits} bits.`;
  return rule === INVALID && REASON.test(problem ?? '') ? `The reason is ${problem ?? ''}.` : '';
}

function judgeConnection({ protocol, cipher }: TlsFacts): Observation[] {
  const isOld = OLD_PROTOCOLS.has(protocol);
  const isWeak = WEAK_SUITE.test(cipher);
  const facts = { protocol, cipher };
  return [
    ...(isOld
      ? [{ rule: OLD_PROTOCOL, subject: 'protocol', detail: `It chose ${protocol}.`, facts }]
      : []),
    ...(isWeak
      ? [{ rule: WEAK_CIPHER, subject: 'cipher', detail: `It chose ${cipher}.`, facts }]
      : []),
  ];
}
