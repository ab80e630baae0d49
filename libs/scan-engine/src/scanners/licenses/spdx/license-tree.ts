import parseSpdx from 'spdx-expression-parse';

/** One licence of an expression. */
export interface LicenseLeaf {
  /** An SPDX id of today: `GPL-2.0` of old has become `GPL-2.0-only`. Or a `LicenseRef-…`. */
  readonly id: string;
  /** Later versions may be used too; never with ids that say so themselves. */
  readonly orLater: boolean;
  readonly exception: string | null;
}

export interface LicenseGroup {
  readonly operator: 'AND' | 'OR';
  readonly parts: readonly LicenseTree[];
}

export type LicenseTree = LicenseLeaf | LicenseGroup;

/** Longer ones are not written by people; the parser calls itself for each bracket. */
const MAX_CHARACTERS = 1_000;
/** Ids of GNU licences from before SPDX 3.0. */
const GNU_ID = /^((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)(\+)?$/u;
/** Ids that had an exception in their name. */
const ID_WITH_EXCEPTION = /^(GPL-\d\.\d)-with-(.+)$/u;
const EXCEPTIONS_OF_OLD: Readonly<Record<string, string>> = {
  'GPL-2.0-with-GCC-exception': 'GCC-exception-2.0',
  'GPL-2.0-with-autoconf-exception': 'Autoconf-exception-2.0',
  'GPL-2.0-with-bison-exception': 'Bison-exception-2.2',
  'GPL-2.0-with-classpath-exception': 'Classpath-exception-2.0',
  'GPL-2.0-with-font-exception': 'Font-exception-2.0',
  'GPL-3.0-with-GCC-exception': 'GCC-exception-3.1',
  'GPL-3.0-with-autoconf-exception': 'Autoconf-exception-3.0',
};
const IDS_OF_OLD: Readonly<Record<string, LicenseLeaf>> = {
  'eCos-2.0': { id: 'GPL-2.0-or-later', orLater: false, exception: 'eCos-exception-2.0' },
  wxWindows: { id: 'LGPL-2.0-or-later', orLater: false, exception: 'WxWindows-exception-3.1' },
};

/** Reads an SPDX expression; `null` for everything else. */
export function parseExpression(text: string): LicenseTree | null {
  if (text.length > MAX_CHARACTERS) return null;
  try {
    return toTree(parseSpdx(text));
  } catch {
    // Expected: most texts about licences are no expressions.
    return null;
  }
}

type SpdxNode = ReturnType<typeof parseSpdx>;

function toTree(node: SpdxNode): LicenseTree {
  if ('conjunction' in node) {
    const operator = node.conjunction === 'and' ? 'AND' : 'OR';
    return groupOf(operator, [toTree(node.left), toTree(node.right)]);
  }
  return toLeaf(node.license, node.plus === true, node.exception ?? null);
}

function toLeaf(id: string, plus: boolean, exception: string | null): LicenseLeaf {
  const gnu = GNU_ID.exec(id);
  if (gnu !== null) {
    const form = plus || gnu[2] === '+' ? 'or-later' : 'only';
    return { id: `${gnu[1] ?? id}-${form}`, orLater: false, exception };
  }
  const base = ID_WITH_EXCEPTION.exec(id)?.[1];
  if (base !== undefined) {
    const form = plus ? 'or-later' : 'only';
    return { id: `${base}-${form}`, orLater: false, exception: EXCEPTIONS_OF_OLD[id] ?? exception };
  }
  return IDS_OF_OLD[id] ?? { id, orLater: plus, exception };
}

/** Joins trees, each once. Groups of the same kind become one, so that `A OR (B OR C)` has three parts. */
export function groupOf(
  operator: LicenseGroup['operator'],
  trees: readonly LicenseTree[],
): LicenseTree {
  const parts = new Map<string, LicenseTree>();
  for (const tree of trees) {
    const own = 'operator' in tree && tree.operator === operator ? tree.parts : [tree];
    for (const part of own) parts.set(toExpression(part), part);
  }
  const [first, ...others] = parts.values();
  return first !== undefined && others.length === 0
    ? first
    : { operator, parts: [...parts.values()] };
}

/** The tree as an SPDX expression. */
export function toExpression(tree: LicenseTree): string {
  if (!('operator' in tree)) {
    const later = tree.orLater ? '+' : '';
    return `${tree.id}${later}${tree.exception === null ? '' : ` WITH ${tree.exception}`}`;
  }
  return tree.parts
    .map((part) => {
      const text = toExpression(part);
      return 'operator' in part && tree.operator === 'AND' ? `(${text})` : text;
    })
    .join(` ${tree.operator} `);
}
