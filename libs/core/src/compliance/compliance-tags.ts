import { compareCodePoints } from '../order/compare-code-points';
import type { Framework } from './framework';
import { SHIPPED_FRAMEWORKS } from './frameworks';
import { KINDRED } from './kindred-weaknesses';

/** What decides which controls a finding is about. */
export interface ComplianceSubject {
  /** `CWE-<n>`. */
  readonly cwe: string | null;
  readonly title: string;
  readonly scanner?: string;
  readonly ruleId?: string;
}

const MAX_TITLES = 20_000;

/** A framework, made ready for looking things up. */
interface Table {
  readonly byCwe: ReadonlyMap<number, readonly string[]>;
  /** By the first word, the phrases that begin with it. */
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  /** By scanner and rule. */
  readonly byRule: ReadonlyMap<string, readonly string[]>;
}

interface Phrase {
  readonly words: readonly string[];
  readonly tag: string;
}

/**
 * Tells the controls that findings violate. It remembers, within bounds: findings of one rule share weakness and title.
 */
export class ComplianceTagger {
  private readonly tables: readonly Table[];
  private readonly hasRules: boolean;
  private readonly known = new Map<string, readonly string[]>();

  constructor(frameworks: readonly Framework[] = SHIPPED_FRAMEWORKS) {
    this.tables = frameworks.map(tableOf);
    this.hasRules = this.tables.some(({ byRule }) => byRule.size > 0);
  }

  /**
   * The controls of all frameworks, in code-point order. In each framework the weakness decides, or the nearest kindred one that
   * the framework lists; only where there is none do whole words of the title. What a framework says of the rule comes on top.
   */
  tagsOf(subject: ComplianceSubject): readonly string[] {
    const key = `${subject.cwe ?? ''}\n${this.hasRules ? keyOf(subject) : ''}\n${subject.title}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const tags = this.lookUp(subject);
    if (this.known.size < MAX_TITLES) this.known.set(key, tags);
    return tags;
  }

  private lookUp(subject: ComplianceSubject): readonly string[] {
    const lineage = lineageOf(subject.cwe);
    let words: readonly string[] | undefined;
    const tags = this.tables.flatMap((table) => {
      const ofRule = table.byRule.get(keyOf(subject)) ?? [];
      const listed = lineage.find((number) => table.byCwe.has(number));
      if (listed !== undefined) return [...ofRule, ...(table.byCwe.get(listed) ?? [])];
      words ??= wordsOf(subject.title);
      return [...ofRule, ...tagsByWords(table, words)];
    });
    return [...new Set(tags)].sort(compareCodePoints);
  }
}

function keyOf({ scanner = '', ruleId = '' }: ComplianceSubject): string {
  return `${scanner}\n${ruleId}`;
}

/** The weakness, and those that stand for it, the nearest first. */
function lineageOf(cwe: string | null): readonly number[] {
  const lineage: number[] = [];
  let number = cwe === null ? undefined : Number(/^CWE-(\d{1,6})$/.exec(cwe)?.[1]);
  while (number !== undefined && !lineage.includes(number)) {
    lineage.push(number);
    number = KINDRED.get(number);
  }
  return lineage;
}

function tagsByWords({ byWord }: Table, words: readonly string[]): string[] {
  return words.flatMap((word, index) =>
    (byWord.get(word) ?? [])
      .filter((phrase) => phrase.words.every((each, place) => words[index + place] === each))
      .map(({ tag }) => tag),
  );
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}

function tableOf({ controls }: Framework): Table {
  const byCwe = new Map<number, string[]>();
  const byWord = new Map<string, Phrase[]>();
  const byRule = new Map<string, string[]>();
  for (const { tag, cwes, keywords, rules } of controls) {
    for (const cwe of cwes) append(byCwe, cwe, tag);
    for (const keyword of keywords) {
      const words = keyword.split(' ');
      append(byWord, words[0] ?? '', { words, tag });
    }
    for (const [scanner, ids] of rules) {
      for (const ruleId of ids)
        append(byRule, keyOf({ cwe: null, title: '', scanner, ruleId }), tag);
    }
  }
  return { byCwe, byWord, byRule };
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
