import type { Severity } from '@securescan/contracts';

export type ChartTone = Severity | 'accent' | 'muted';

export interface ChartSeries {
  readonly label: string;
  readonly tone: ChartTone;
  /** One for each category; `null` where there is nothing to show. */
  readonly values: readonly (number | null)[];
}

/** What a chart shows, in the order in which it is drawn and read. */
export interface ChartSpec {
  /** `areas` and `bars` stand on one another, `rows` lie and do too; `lines` and `pairs` stand side by side. */
  readonly kind: 'lines' | 'areas' | 'bars' | 'rows' | 'pairs';
  /** What the categories are: `Day`. */
  readonly dimension: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Where the scale ends, if that does not follow from the values. */
  readonly max?: number;
  /** A value as people read it; the number itself where it is left out. */
  readonly format?: (value: number) => string;
}

export function formatValue({ format }: ChartSpec, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return format?.(value) ?? value.toLocaleString('en');
}

/** A chart on a canvas. */
export interface Drawing {
  update(spec: ChartSpec, theme: string): void;
  destroy(): void;
}

export type DrawChart = (canvas: HTMLCanvasElement) => Drawing;
