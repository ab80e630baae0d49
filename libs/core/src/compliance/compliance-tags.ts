import { compareCodePoints } from '../order/compare-code-points';
import { CIS_CONTROLS_V8 } from './cis-controls-v8';
import type { Framework } from './framework';
import { KINDRED } from './kindred-weaknesses';
import { OWASP_TOP10_2021 } from './owasp-top10-2021';
import { PCI_DSS_V4 } from './pci-dss-v4';
import { SOC2 } from './soc2';

/** What decides which controls a finding is about. */
export interface ComplianceSubject {
  /** `CWE-<n>`. */
  readonly cwe: string | null;
  readonly title: string;
}

const FRAMEWORKS: readonly Framework[] = [CIS_CONTROLS_V8, OWASP_TOP10_2021, PCI_DSS_V4, SOC2];
const MAX_TITLES = 20_000;

/** A framework, made ready for looking things up. */
interface Table {
  readonly byCwe: ReadonlyMap<number, readonly string[]>;
  /** By the first word, the phrases that begin with it. */
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
}

interface Phrase {
  readonly words: readonly string[];
  readonly tag: string;
}

const TABLES: readonly Table[] = FRAMEWORKS.map(tableOf);

/** The frameworks, by id. */
export function listFrameworks(): readonly Framework[] {
  return FRAMEWORKS;
}

/**
 * The controls that a finding violates, of all frameworks, in code-point order. In each framework the weakness decides, or the
 * nearest kindred one that the framework lists; only where there is none do whole words of the title.
 */
export function complianceTagsOf({ cwe, title }: ComplianceSubject): readonly string[] {
  const lineage = lineageOf(cwe);
  let words: readonly string[] | undefined;
  const tags = TABLES.flatMap((table) => {
    const listed = lineage.find((number) => table.byCwe.has(number));
    if (listed !== undefined) return table.byCwe.get(listed) ?? [];
    words ??= wordsOf(title);
    return tagsByWords(table, words);
  });
  return [...new Set(tags)].sort(compareCodePoints);
}

/** `complianceTagsOf` with a memory, for one pass over findings: those of one rule share weakness and title. It is bounded. */
export class ComplianceTagger {
  private readonly known = new Map<string, readonly string[]>();

  tagsOf(subject: ComplianceSubject): readonly string[] {
    const key = `${subject.cwe ?? ''}\n${subject.title}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const tags = complianceTagsOf(subject);
    if (this.known.size < MAX_TITLES) this.known.set(key, tags);
    return tags;
  }
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
  for (const { tag, cwes, keywords } of controls) {
    for (const cwe of cwes) append(byCwe, cwe, tag);
    for (const keyword of keywords) {
      const words = keyword.split(' ');
      append(byWord, words[0] ?? '', { words, tag });
    }
  }
  return { byCwe, byWord };
}

function append<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
