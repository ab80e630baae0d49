import type { Severity } from '@securescan/contracts';

/** The colours of one theme. `palette.spec.ts` holds every pair of text and ground against WCAG AA. */
export interface ReportPalette {
  readonly page: string;
  readonly surface: string;
  readonly inset: string;
  readonly line: string;
  /** For shapes that have to be seen. */
  readonly edge: string;
  readonly muted: string;
  readonly text: string;
  readonly strong: string;
  readonly link: string;
  /** Behind the lines that a finding is about. */
  readonly hit: string;
  readonly severity: Readonly<Record<Severity, SeverityColours>>;
}

export interface SeverityColours {
  /** Of text. */
  readonly ink: string;
  /** Behind such text. */
  readonly wash: string;
  /** Of bars, which lie side by side. */
  readonly fill: string;
}

export const LIGHT: ReportPalette = {
  page: '#fffefe',
  surface: '#faf9f7',
  inset: '#f2f0ed',
  line: '#dad6d1',
  edge: '#898581',
  muted: '#615d57',
  text: '#2e2b27',
  strong: '#191511',
  link: '#006666',
  hit: '#faeed1',
  severity: {
    critical: { ink: '#a7172f', wash: '#ffe4e3', fill: '#9b1b30' },
    high: { ink: '#954114', wash: '#fee8db', fill: '#c4551a' },
    medium: { ink: '#7b560d', wash: '#faeed1', fill: '#b0800c' },
    low: { ink: '#525d41', wash: '#e8eedf', fill: '#7b8b5b' },
    info: { ink: '#5b5753', wash: '#ebe9e7', fill: '#8b867f' },
  },
};

export const DARK: ReportPalette = {
  page: '#11100e',
  surface: '#171614',
  inset: '#211f1c',
  line: '#3a3733',
  edge: '#7f7b76',
  muted: '#a6a29c',
  text: '#d4d0cb',
  strong: '#f5f3f0',
  link: '#73d1ca',
  hit: '#332813',
  severity: {
    critical: { ink: '#fb8c90', wash: '#431c1f', fill: '#ee5f69' },
    high: { ink: '#f7a378', wash: '#3c2316', fill: '#f2945c' },
    medium: { ink: '#ecc573', wash: '#332813', fill: '#e8c060' },
    low: { ink: '#b6c4a1', wash: '#25291f', fill: '#9fb086' },
    info: { ink: '#b4b0ac', wash: '#292725', fill: '#8d8984' },
  },
};
