import type { LicensePolicy } from '@securescan/core';
import { judge, judgeUnclear, matchesAny } from './judge';
import { COPYLEFT, EASING_EXCEPTIONS } from './rules';
import { parseExpression, type LicenseLeaf, type LicenseTree } from './spdx/license-tree';

function treeOf(expression: string): LicenseTree {
  const tree = parseExpression(expression);
  if (tree === null) throw new RangeError(expression);
  return tree;
}

function verdictOn(expression: string, policy: Partial<LicensePolicy> = {}): string {
  const verdict = judge(treeOf(expression), { deny: [], warn: [], allow: [], ...policy });
  if (verdict === null) return 'fine';
  const ids = verdict.leaves.map(({ id }) => id).join(', ');
  return `${verdict.rule}${verdict.isEased ? ' eased' : ''}: ${ids}`;
}

describe('judge', () => {
  it.each([
    ['MIT', 'fine'],
    ['MPL-2.0', 'fine'],
    ['GPL-3.0-only', 'copyleft: GPL-3.0-only'],
    ['LGPL-2.1+', 'copyleft: LGPL-2.1-or-later'],
    ['AGPL-3.0', 'copyleft: AGPL-3.0-only'],
    ['EUPL-1.2', 'copyleft: EUPL-1.2'],
    ['MIT OR GPL-3.0', 'fine'],
    ['MIT AND GPL-3.0', 'copyleft: GPL-3.0-only'],
    ['GPL-2.0 OR AGPL-3.0', 'copyleft: GPL-2.0-only, AGPL-3.0-only'],
    ['MIT AND (ISC OR GPL-3.0)', 'fine'],
    ['MIT OR (ISC AND GPL-3.0)', 'fine'],
    ['GPL-2.0 OR (ISC AND AGPL-3.0)', 'copyleft: GPL-2.0-only, AGPL-3.0-only'],
    ['GPL-2.0 WITH Classpath-exception-2.0', 'copyleft eased: GPL-2.0-only'],
    ['GPL-2.0 WITH u-boot-exception-2.0', 'copyleft: GPL-2.0-only'],
    ['GPL-3.0 OR GPL-2.0 WITH Classpath-exception-2.0', 'copyleft eased: GPL-2.0-only'],
    ['LicenseRef-Acme', 'unknown: LicenseRef-Acme'],
    ['MIT OR LicenseRef-Acme', 'fine'],
    ['LicenseRef-Acme AND GPL-2.0', 'copyleft: GPL-2.0-only'],
  ])('without a policy: %s is %s', (expression, expected) => {
    expect(verdictOn(expression)).toBe(expected);
  });

  it.each<[string, Partial<LicensePolicy>, string]>([
    ['MIT', { deny: ['MIT'] }, 'denied: MIT'],
    ['MIT OR ISC', { deny: ['MIT'] }, 'fine'],
    ['MIT AND ISC', { deny: ['MIT'] }, 'denied: MIT'],
    ['GPL-2.0-only', { deny: ['GPL-2.0'] }, 'denied: GPL-2.0-only'],
    ['GPL-2.0+', { deny: ['GPL-2.0'] }, 'denied: GPL-2.0-or-later'],
    ['GPL-2.0+', { deny: ['GPL-2.0-only'] }, 'copyleft: GPL-2.0-or-later'],
    ['LGPL-2.0', { deny: ['GPL-2.0', 'GPL-*'] }, 'copyleft: LGPL-2.0-only'],
    ['Apache-2.0+', { deny: ['Apache-2.0'] }, 'denied: Apache-2.0'],
    ['GPL-3.0', { warn: ['GPL-*'] }, 'warned: GPL-3.0-only'],
    ['GPL-3.0', { allow: ['GPL-3.0-only', 'MIT'] }, 'fine'],
    ['GPL-3.0', { allow: ['MIT'] }, 'not-allowed: GPL-3.0-only'],
    ['ISC', { allow: ['MIT'] }, 'not-allowed: ISC'],
    ['ISC OR MIT', { allow: ['MIT'] }, 'fine'],
    ['ISC AND MIT', { allow: ['MIT'] }, 'not-allowed: ISC'],
    ['ISC AND AGPL-3.0', { allow: ['MIT'], deny: ['AGPL-*'] }, 'denied: AGPL-3.0-only'],
    ['ISC', { allow: ['MIT'], warn: ['ISC'] }, 'warned: ISC'],
    ['MIT', { allow: ['MIT'], deny: ['MIT'] }, 'denied: MIT'],
    ['LicenseRef-Acme', { allow: ['LicenseRef-Acme'] }, 'fine'],
  ])('%s under %j is %s', (expression, policy, expected) => {
    expect(verdictOn(expression, policy)).toBe(expected);
  });

  it('takes licences that may be alternatives as holding together, and weighs copyleft less', () => {
    const policy = { deny: [], warn: [], allow: [] };
    const unclear = (text: string): unknown => judgeUnclear(treeOf(text), policy);
    expect(unclear('MIT AND ISC')).toBeNull();
    expect(unclear('MIT AND GPL-2.0')).toMatchObject({ rule: 'copyleft', isEased: true });
    expect(unclear('LGPL-2.1 AND GPL-2.0')).toMatchObject({ rule: 'copyleft', isEased: false });
    expect(unclear('MIT AND (ISC OR GPL-2.0)')).toMatchObject({ rule: 'copyleft', isEased: true });
  });
});

describe('the lists of our own', () => {
  it.each(COPYLEFT.filter((pattern) => !pattern.endsWith('*')))('%s is an SPDX id', (id) => {
    expect(parseExpression(id)).toMatchObject({ id });
  });

  it.each(EASING_EXCEPTIONS)('%s is an SPDX exception', (exception) => {
    expect(parseExpression(`MIT WITH ${exception}`)).toMatchObject({ exception });
  });

  it.each([
    ...['GPL-2.0', 'GPL-3.0', 'AGPL-3.0', 'LGPL-2.1', 'LGPL-3.0'].flatMap((id) => [
      id,
      `${id}+`,
      `${id}-only`,
      `${id}-or-later`,
    ]),
    'LGPL-2.0',
    'GPL-1.0',
    'EUPL-1.1',
    'OSL-3.0',
    'SSPL-1.0',
  ])('%s is copyleft', (id) => {
    const leaf = treeOf(id) as LicenseLeaf;
    expect(matchesAny(leaf, COPYLEFT)).toBe(true);
  });
});
