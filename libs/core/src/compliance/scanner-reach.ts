import { compareCodePoints } from '../order/compare-code-points';
import { ComplianceTagger } from './compliance-tags';
import type { Framework } from './framework';

/** What a scanner would report if it were there. */
export interface ScannerReach {
  /** Numbers of weaknesses (CWE) that its rules are about. */
  readonly cwes: readonly number[];
  /** Words of its titles that frameworks know, where no number tells. */
  readonly titles?: readonly string[];
}

/** A component with a known vulnerability. The weakness within the component is told too, but its absence proves nothing about the code. */
const COMPONENTS = [1395];

/**
 * What each scanner can speak to: where it completed and said nothing of these, nothing of the kind was observed. Of scanners of
 * our own and of the rule packs that ship, a test compares this with the rules. The others are as their tools say, with the
 * source beside them. What stands in no list may still be reported, and then counts as violated.
 */
export const SCANNER_REACH: ReadonlyMap<string, ScannerReach> = new Map<string, ScannerReach>([
  // The pack in libs/scan-engine/rules/semgrep. Rules that somebody named in its place are taken for as wide.
  [
    'semgrep',
    {
      cwes: [
        22, 78, 79, 89, 95, 250, 269, 284, 295, 321, 326, 327, 328, 338, 346, 347, 352, 377, 400,
        489, 497, 502, 548, 601, 611, 668, 732, 798, 829, 917, 918, 942, 943, 1004, 1321, 1333,
        1336,
      ],
    },
  ],
  // Bandit 1.x, `bandit.core.issue.Cwe`, without those that say how well a program runs (605, 703) or encodes (155, 838).
  [
    'bandit',
    {
      cwes: [
        20, 22, 78, 79, 80, 89, 94, 259, 284, 295, 319, 326, 327, 330, 377, 400, 494, 502, 732,
      ],
    },
  ],
  ['trivy', { cwes: COMPONENTS }],
  // The weaknesses of scanners/checkov/topics.ts, and words of the names in `checkov --list`, release 3.
  [
    'checkov',
    {
      cwes: [
        77, 78, 250, 269, 284, 295, 306, 311, 319, 326, 347, 494, 522, 668, 732, 770, 778, 798,
        1357,
      ],
      titles: ['branch protection', 'flow logs', 'point in time recovery', 'publicly accessible'],
    },
  ],
  [
    'baseline',
    {
      cwes: [
        250, 258, 262, 263, 266, 269, 306, 308, 327, 441, 521, 522, 526, 528, 693, 694, 708, 732,
        770, 916, 940, 1104, 1327, 1395,
      ],
      titles: ['no firewall', 'security updates'],
    },
  ],
  ['secrets', { cwes: [798] }],
  ['safety', { cwes: COMPONENTS }],
  // Licences of dependencies: no framework that ships asks for them.
  ['licenses', { cwes: [] }],
  [
    'dockerfile',
    {
      cwes: [250, 295, 319, 322, 347, 426, 459, 489, 494, 522, 538, 653, 668, 732, 798, 1125, 1357],
      titles: ['debug mode'],
    },
  ],
  ['npm-audit', { cwes: COMPONENTS }],
  ['git-hygiene', { cwes: [538, 798] }],
  [
    'builtin_dast',
    {
      cwes: [200, 295, 319, 326, 327, 614, 693, 942, 1004, 1021, 1275],
      titles: ['content security policy'],
    },
  ],
  // The passive rules of ZAP 2.x (zaproxy.org/docs/alerts), which run without being asked to attack.
  [
    'zap',
    {
      cwes: [
        200, 319, 352, 472, 497, 525, 541, 548, 598, 601, 614, 693, 829, 942, 1004, 1021, 1275,
      ],
    },
  ],
  ['nmap', { cwes: [319, 668] }],
]);

/** By the tag of a control, the scanners that can speak to it, in code-point order. Controls that none can speak to are left out. */
export function speakersOf(
  frameworks: readonly Framework[],
): ReadonlyMap<string, readonly string[]> {
  const tagger = new ComplianceTagger(frameworks);
  const speakers = new Map<string, Set<string>>();
  const add = (tag: string, scanner: string): void => {
    const known = speakers.get(tag);
    if (known === undefined) speakers.set(tag, new Set([scanner]));
    else known.add(scanner);
  };
  for (const [scanner, { cwes, titles = [] }] of SCANNER_REACH) {
    const subjects = [
      ...cwes.map((cwe) => ({ cwe: `CWE-${String(cwe)}`, title: '' })),
      ...titles.map((title) => ({ cwe: null, title })),
    ];
    for (const subject of subjects) tagger.tagsOf(subject).forEach((tag) => add(tag, scanner));
  }
  // A rule that somebody named is one that the scanner has.
  for (const { tag, rules } of frameworks.flatMap(({ controls }) => controls)) {
    for (const scanner of rules.keys()) add(tag, scanner);
  }
  return new Map([...speakers].map(([tag, names]) => [tag, [...names].sort(compareCodePoints)]));
}
