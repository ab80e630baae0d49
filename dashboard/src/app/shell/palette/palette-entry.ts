import type { IconName } from '../../ui/icon/icon-shapes';

export const PALETTE_GROUPS = [
  'Pages',
  'Actions',
  'Scans',
  'Targets',
  'Findings',
  'Rules',
  'Scanners',
] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

export type PaletteAction =
  'theme-dark' | 'theme-light' | 'theme-system' | 'copy-address' | 'log-out';

export interface PaletteEntry {
  /** Unique in the palette. */
  readonly id: string;
  readonly group: PaletteGroup;
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly detail: string;
  readonly icon: IconName;
  readonly does:
    | { readonly kind: 'go'; readonly url: string }
    | { readonly kind: 'act'; readonly action: PaletteAction };
}

/** Entries of one group, best match first. */
export interface PaletteSection {
  readonly group: PaletteGroup;
  readonly entries: readonly PaletteEntry[];
}

const MOST_OF_A_GROUP = 6;
/** Without a question there is room for what is reached most often. */
const MOST_UNASKED: Readonly<Record<PaletteGroup, number>> = {
  Pages: 11,
  Actions: 5,
  Scans: 5,
  Targets: 3,
  Findings: 0,
  Rules: 0,
  Scanners: 0,
};

/** The entries in which every word of the question occurs, by group. The order within a rank is that of the entries. */
export function matchEntries(
  entries: readonly PaletteEntry[],
  question: string,
): readonly PaletteSection[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = entries
    .map((entry, place) => ({ entry, place, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank !== null)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0) || one.place - other.place);
  return PALETTE_GROUPS.flatMap((group) => {
    const most = words.length === 0 ? MOST_UNASKED[group] : MOST_OF_A_GROUP;
    const found = ranked.filter(({ entry }) => entry.group === group).slice(0, most);
    return found.length === 0 ? [] : [{ group, entries: found.map(({ entry }) => entry) }];
  });
}

/** 0 where the name begins with the question, 1 where a word of it does, 2 elsewhere; `null` for no match. */
function rankOf({ group, label, detail }: PaletteEntry, words: readonly string[]): number | null {
  // What the server found was matched there, by more than is shown here.
  if (group === 'Findings') return 2;
  const name = label.toLowerCase();
  const all = `${name} ${detail.toLowerCase()} ${group.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return null;
  const [first = ''] = words;
  if (name.startsWith(first)) return 0;
  return name.split(/[^a-z0-9]+/).some((part) => part.startsWith(first)) ? 1 : 2;
}
