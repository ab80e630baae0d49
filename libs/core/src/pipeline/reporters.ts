import type { JsonObject } from '@securescan/contracts';
import { fingerprintOf, type Identity } from '../fingerprint/fingerprint';
import type { FindingAlias } from '../model/finding';
import { compareCodePoints } from '../order/compare-code-points';

/** Another reporter's part in a finding that was merged before. */
export interface Reporter {
  readonly scanner: string;
  readonly ruleId: string;
  readonly cwe: string | null;
  /** `null`: as the finding's own. */
  readonly lineContext: string | null;
}

/** What of an identity a report has to say beside what the finding shows. */
export type IdentityParts = Pick<Identity, 'lineContext' | 'cwe'>;

/** In characters: a report need not carry the code of generated files. */
const MAX_KEPT_CONTEXT = 2_000;

/** One reporter, with what its fingerprint is made of where that is not what the winner's is made of. */
export function aliasBeside(
  { scanner, ruleId, fingerprint }: FindingAlias,
  own: IdentityParts,
  winner: IdentityParts,
): FindingAlias {
  const isKept =
    own.lineContext !== winner.lineContext && own.lineContext.length <= MAX_KEPT_CONTEXT;
  return {
    scanner,
    ruleId,
    fingerprint,
    ...(isKept ? { lineContext: own.lineContext } : {}),
    ...(own.cwe === winner.cwe ? {} : { cwe: own.cwe }),
  };
}

/** The finding itself, who else is known to report it, and, of a file that was renamed, what it was by the old name. */
export function aliasesOf(
  identity: Identity,
  isTold: boolean,
  { reporters, formerPath }: { reporters: readonly Reporter[]; formerPath: string | undefined },
): FindingAlias[] {
  const plain = aliasOf(identity);
  const own = isTold ? plain : aliasBeside(plain, identity, { ...identity, lineContext: '' });
  if (formerPath === undefined && reporters.length === 0) return [own];
  const renamed = formerPath === undefined ? [] : [aliasOf({ ...identity, filePath: formerPath })];
  const others = reporters.map((reporter) => {
    const lineContext = reporter.lineContext ?? identity.lineContext;
    const theirs = { ...identity, ...reporter, lineContext };
    return aliasBeside(aliasOf(theirs), theirs, identity);
  });
  const byFingerprint = new Map([own, ...renamed, ...others].map((one) => [one.fingerprint, one]));
  return [...byFingerprint.values()].sort(compareAliases);
}

/** The order of a finding's reporters: by scanner, rule and fingerprint. */
export function compareAliases(a: FindingAlias, b: FindingAlias): number {
  return (
    compareCodePoints(a.scanner, b.scanner) ||
    compareCodePoints(a.ruleId, b.ruleId) ||
    compareCodePoints(a.fingerprint, b.fingerprint)
  );
}

/** Whether the stored code holds the matched lines as they were, so that the line context can be made from it again. */
export function isToldByCode(
  { snippet }: JsonObject,
  lineStart: number | null,
  sourceLines: readonly string[] | null,
): boolean {
  if (typeof snippet !== 'object' || snippet === null || Array.isArray(snippet)) {
    return sourceLines === null;
  }
  const { start_line: first, lines } = snippet;
  if (sourceLines === null || typeof first !== 'number' || !Array.isArray(lines)) return false;
  const offset = (lineStart ?? first) - first;
  return sourceLines.every((line, index) => lines[offset + index] === line);
}

function aliasOf(identity: Identity): FindingAlias {
  const { scanner, ruleId } = identity;
  return { scanner, ruleId, fingerprint: fingerprintOf(identity) };
}
