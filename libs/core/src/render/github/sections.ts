import { utf8Length } from '../markdown-text';

/** GitHub takes no longer body. It counts characters; bytes are never fewer. */
export const MAX_BODY_BYTES = 65_536;

/** One list of a comment. */
export interface Section {
  /** Words of ours. */
  readonly title: string;
  readonly isOpen: boolean;
  /** 0 is filled first. Of one rank the earlier section is. */
  readonly rank: number;
  /** Items of a list, each with its newline, the most important first. None is made that there is no room for. */
  readonly items: readonly (() => string)[];
}

/** What `fillSections` made. */
export interface FilledSections {
  readonly chunks: readonly string[];
  /** By section, how many items were left out. */
  readonly missing: readonly { readonly title: string; readonly count: number }[];
}

/**
 * The sections in their order, each to be folded, with as many items as the budget has room for: by rank, and none once one
 * did not fit, so that nothing takes the place of something more important. Every section says how many it leaves out.
 */
export function fillSections(sections: readonly Section[], bytes: number): FilledSections {
  const filled = sections.filter(({ items }) => items.length > 0);
  const frames = filled.map((section) => frameOf(section, section.items.length));
  let left = bytes - frames.reduce((sum, frame) => sum + utf8Length(frame.join('')), 0);
  const taken = new Map<Section, readonly string[]>();
  for (const section of [...filled].sort((a, b) => a.rank - b.rank)) {
    const items: string[] = [];
    for (const render of section.items) {
      if (left < 0) break;
      const item = render();
      left -= utf8Length(item);
      if (left >= 0) items.push(item);
    }
    taken.set(section, items);
  }
  const ends = filled.map((section) => {
    const items = taken.get(section) ?? [];
    return { section, items, count: section.items.length - items.length };
  });
  return {
    chunks: ends.map(({ section, items, count }) => {
      const [open, more, close] = frameOf(section, count);
      return [open, ...items, more, close].join('');
    }),
    missing: ends
      .map(({ section: { title }, count }) => ({ title, count }))
      .filter(({ count }) => count > 0),
  };
}

type Frame = readonly [open: string, more: string, close: string];

function frameOf({ title, isOpen, items }: Section, missing: number): Frame {
  return [
    `\n<details${isOpen ? ' open' : ''}>\n<summary>${title} (${String(items.length)})</summary>\n\n`,
    missing === 0 ? '' : `- ${String(missing)} more\n`,
    '\n</details>\n',
  ];
}
