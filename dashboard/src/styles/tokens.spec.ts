import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}
type Theme = 'light' | 'dark';

const TEXT_RATIO = 4.5;
const SHAPE_RATIO = 3;
const GROUNDS = ['bg', 'surface', 'surface-2'];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'];

const tokens = readTokens(readFileSync(join(__dirname, 'tokens.css'), 'utf8'));

function readTokens(css: string): ReadonlyMap<string, Readonly<Record<Theme, Oklch>>> {
  const pair = /--([a-z0-9-]+):\s*light-dark\(\s*oklch\(([^)]+)\),\s*oklch\(([^)]+)\)\s*\)/g;
  const found = [...css.matchAll(pair)].map(([, name = '', light = '', dark = '']) => {
    return [name, { light: readColour(light), dark: readColour(dark) }] as const;
  });
  return new Map(found);
}

function readColour(text: string): Oklch {
  const [lightness = NaN, chroma = NaN, hue = NaN] = text.split(/[\s/]+/).map(Number);
  return { lightness, chroma, hue };
}

/** Linear sRGB by the published matrices of OKLab. */
function toLinearRgb({ lightness, chroma, hue }: Oklch): readonly [number, number, number] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function luminance(colour: Oklch): number {
  const [red, green, blue] = toLinearRgb(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function token(name: string, theme: Theme): Oklch {
  const found = tokens.get(name);
  if (found === undefined) throw new ReferenceError(`no token --${name}`);
  return found[theme];
}

function contrast(one: string, other: string, theme: Theme): number {
  const first = luminance(token(one, theme));
  const second = luminance(token(other, theme));
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

const textPairs = [
  ...GROUNDS.flatMap((ground) =>
    ['muted', 'text', 'text-strong', 'accent'].map((text) => [text, ground]),
  ),
  ...SEVERITIES.flatMap((severity) => [
    [`sev-${severity}`, `sev-${severity}-bg`],
    ...GROUNDS.map((ground) => [`sev-${severity}`, ground]),
  ]),
  ['accent-fg', 'accent'],
  ['accent-fg', 'accent-hover'],
  ['text-strong', 'accent-soft'],
  ['accent', 'accent-soft'],
  ['muted', 'accent-soft'],
  ['text-strong', 'sev-critical-bg'],
  ['text-strong', 'sev-medium-bg'],
];
const shapePairs = GROUNDS.flatMap((ground) => [
  ['ring', ground],
  ['border-strong', ground],
  ...SEVERITIES.map((severity) => [`sev-${severity}-fill`, ground]),
]);

describe.each<Theme>(['light', 'dark'])('the %s theme', (theme) => {
  it.each(textPairs)('has readable text: %s on %s', (text = '', ground = '') => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(TEXT_RATIO);
  });

  it.each(shapePairs)('has visible shapes: %s on %s', (shape = '', ground = '') => {
    expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(SHAPE_RATIO);
  });

  it('stays within what every screen can show', () => {
    const outside = [...tokens]
      .filter(([, pair]) => toLinearRgb(pair[theme]).some((part) => part < -0.002 || part > 1.002))
      .map(([name]) => name);
    expect(outside).toEqual([]);
  });
});
