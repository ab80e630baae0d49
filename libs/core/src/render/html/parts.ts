import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';
import type { Finding } from '../../model/finding';
import { SEVERITY_LABELS } from '../text-parts';
import { html, type Markup, type MarkupValue } from './markup';
import { grouped, shortened } from './visible-text';

/** In characters, of what tools and trees say. */
export const MOST = { title: 300, path: 1_000, text: 4_000, word: 200 } as const;

const BAR_WIDTH = 1_000;

export function severityTag(severity: Severity): Markup {
  return html`<span class="tag ${severity}">${SEVERITY_LABELS[severity]}</span>`;
}

/** A cell with a number; a nought is there but does not draw the eye. */
export function numberCell(count: number): Markup {
  return html`<td class="num${count === 0 ? ' zero' : ''}">${grouped(count)}</td>`;
}

export function titleOf({ title, ruleId }: Finding): string {
  return shortened(title.trim() === '' ? ruleId : title, MOST.title);
}

/** `src/orders.ts:12` or `src/orders.ts:12-14`; `null` where a finding is about no file. */
export function placeOf({ filePath, lineStart, lineEnd }: Finding): string | null {
  if (filePath === null) return null;
  const path = shortened(filePath, MOST.path);
  if (lineStart === null) return path;
  const end = lineEnd === null || lineEnd <= lineStart ? '' : `-${String(lineEnd)}`;
  return `${path}:${String(lineStart)}${end}`;
}

/** A weakness, linked to its definition where it has a number: the one address in the report that leads out of it. */
export function weaknessLink(cwe: string): Markup {
  const number = /^CWE-(\d{1,6})$/.exec(cwe)?.[1];
  if (number === undefined) return html`${shortened(cwe, MOST.word)}`;
  return html`<a href="https://cwe.mitre.org/data/definitions/${number}.html" rel="noreferrer"
    >CWE-${number}</a
  >`;
}

/** Text in one paragraph with its line breaks. */
export function toldText(text: string): string {
  return shortened(text.trim(), MOST.text);
}

export interface Segment {
  /** Of the classes `fill-*`. */
  readonly fill: string;
  readonly count: number;
}

/**
 * Segments one behind the other, as long as their part of `whole`. It says nothing to who cannot see it: the numbers stand
 * beside it.
 */
export function bar(segments: readonly Segment[], whole: number, size: 'bar' | 'bar wide'): Markup {
  const rects: Markup[] = [];
  let before = 0;
  for (const { fill, count } of segments) {
    const x = positionOf(before, whole);
    before += count;
    const width = positionOf(before, whole) - x;
    // The smallest part is still to be seen.
    if (count > 0) {
      rects.push(
        html`<rect
          class="fill-${fill}"
          x="${x}"
          width="${Math.max(width - GAP, GAP)}"
          height="10"
        ></rect>`,
      );
    }
  }
  return html`<svg
    class="${size}"
    viewBox="0 0 ${BAR_WIDTH} 10"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${rects}
  </svg>`;
}

/** Between two segments. */
const GAP = 3;

function positionOf(count: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((count / whole) * BAR_WIDTH);
}

export function severitySegments(counts: Readonly<Record<Severity, number>>): readonly Segment[] {
  return SEVERITIES.map((severity) => ({ fill: severity, count: counts[severity] }));
}

/** One row of facts; nothing where there is no value. */
export function fact(name: string, value: MarkupValue): Markup {
  return value === null
    ? html``
    : html`<dt>${name}</dt>
        <dd>${value}</dd>`;
}

/** A table that a narrow window scrolls, by keyboard too. */
export function scrolled(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;
}
