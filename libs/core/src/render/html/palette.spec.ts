import { SEVERITIES } from '@securescan/contracts';
import { DARK, LIGHT, type ReportPalette } from './palette';

const TEXT_RATIO = 4.5;
const SHAPE_RATIO = 3;

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

function textPairs(palette: ReportPalette): readonly (readonly [string, string])[] {
  const { page, surface, inset, muted, text, strong, link, hit, severity } = palette;
  return [
    ...[page, surface].flatMap((ground) =>
      [muted, text, strong, link].map((ink) => [ink, ground] as const),
    ),
    [text, inset],
    [strong, hit],
    ...SEVERITIES.map((name) => [severity[name].ink, severity[name].wash] as const),
  ];
}

function shapePairs({
  page,
  edge,
  severity,
}: ReportPalette): readonly (readonly [string, string])[] {
  return [[edge, page], ...SEVERITIES.map((name) => [severity[name].fill, page] as const)];
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the colours in %s', (_name, palette) => {
  it.each(textPairs(palette))('let %s be read on %s', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(TEXT_RATIO);
  });

  it.each(shapePairs(palette))('let the shape %s be seen on %s', (fill, ground) => {
    expect(contrast(fill, ground)).toBeGreaterThanOrEqual(SHAPE_RATIO);
  });
});
