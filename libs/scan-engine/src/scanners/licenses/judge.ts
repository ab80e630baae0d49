import type { LicensePolicy } from '@securescan/core';
import { COPYLEFT, EASING_EXCEPTIONS, type RuleName } from './rules';
import type { LicenseLeaf, LicenseTree } from './spdx/license-tree';

/** What is held against an expression. */
export interface Verdict {
  readonly rule: RuleName;
  /** The licences that it is held against. */
  readonly leaves: readonly LicenseLeaf[];
  /** Copyleft that asks for less than the licence by itself would. */
  readonly isEased: boolean;
}

/** From what weighs least to what weighs most; where several licences must be kept, the weightiest counts. */
const ORDER: readonly RuleName[] = ['unknown', 'warned', 'copyleft', 'not-allowed', 'denied'];
const EASING: ReadonlySet<string> = new Set(EASING_EXCEPTIONS);

/**
 * Judges an expression: of alternatives the best counts, of licences that hold together the worst. `null` where nothing is held
 * against it.
 */
export function judge(tree: LicenseTree, policy: LicensePolicy): Verdict | null {
  return judgeWith(tree, policy, false);
}

/** As `judge`, where it is not known whether the parts are alternatives: all of them are taken to hold. */
export function judgeUnclear(tree: LicenseTree, policy: LicensePolicy): Verdict | null {
  const worst = judgeWith(tree, policy, true);
  if (worst === null || judgeAsChoice(tree, policy) !== null) return worst;
  return { ...worst, isEased: true };
}

function judgeAsChoice(tree: LicenseTree, policy: LicensePolicy): Verdict | null {
  return 'operator' in tree ? judge({ ...tree, operator: 'OR' }, policy) : judge(tree, policy);
}

function judgeWith(tree: LicenseTree, policy: LicensePolicy, all: boolean): Verdict | null {
  if (!('operator' in tree)) return judgeLeaf(tree, policy);
  const verdicts = tree.parts.map((part) => judgeWith(part, policy, all));
  const held = verdicts.filter((verdict) => verdict !== null);
  const isChoice = tree.operator === 'OR' && !all;
  if (held.length === 0 || (isChoice && held.length < verdicts.length)) return null;
  const weights = held.map(weightOf);
  const decisive = isChoice ? Math.min(...weights) : Math.max(...weights);
  const deciding = held.filter((verdict) => weightOf(verdict) === decisive);
  const [first] = deciding;
  if (first === undefined) return null;
  return { ...first, leaves: deciding.flatMap(({ leaves }) => leaves) };
}

function weightOf({ rule, isEased }: Verdict): number {
  return ORDER.indexOf(rule) - (isEased ? 0.5 : 0);
}

/** What a project says counts before what we think of copyleft. */
function judgeLeaf(leaf: LicenseLeaf, { deny, warn, allow }: LicensePolicy): Verdict | null {
  const verdict = (rule: RuleName, isEased = false): Verdict => ({ rule, leaves: [leaf], isEased });
  if (matchesAny(leaf, deny)) return verdict('denied');
  if (matchesAny(leaf, warn)) return verdict('warned');
  if (matchesAny(leaf, allow)) return null;
  if (allow.length > 0) return verdict('not-allowed');
  if (matchesAny(leaf, COPYLEFT)) {
    return verdict('copyleft', leaf.exception !== null && EASING.has(leaf.exception));
  }
  return leaf.id.includes('LicenseRef-') ? verdict('unknown') : null;
}

/**
 * Whether a licence is named by one of the patterns: an id, where `GPL-3.0` stands for its two forms, or the beginning of ids and a
 * star. An exception only takes away from a licence's terms, so it does not matter here.
 */
export function matchesAny({ id }: LicenseLeaf, patterns: readonly string[]): boolean {
  const withoutForm = id.replace(/-(?:only|or-later)$/u, '');
  return patterns.some((pattern) =>
    pattern.endsWith('*')
      ? id.startsWith(pattern.slice(0, -1))
      : pattern === id || pattern === withoutForm,
  );
}
