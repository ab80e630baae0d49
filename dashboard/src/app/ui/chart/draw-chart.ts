import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  type ChartDataset,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import {
  type ChartSeries,
  type ChartSpec,
  type ChartTone,
  type Drawing,
  formatValue,
} from './chart-spec';

type Kind = 'bar' | 'line';
type Values = (number | null)[];
type Dataset = ChartDataset<Kind, Values>;

interface Paint {
  readonly tone: (tone: ChartTone) => string;
  readonly text: string;
  readonly muted: string;
  readonly border: string;
  readonly surface: string;
  readonly font: string;
}

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LineController,
  LineElement,
  LinearScale,
  PointElement,
  Tooltip,
);

const FONT_SIZE = 11;
const LONGEST_LABEL = 28;
const MOST_TICKS = 8;

/** Draws with Chart.js, in the colours of the style sheet. Nothing moves: the numbers are there at once. */
export function drawChart(canvas: HTMLCanvasElement): Drawing {
  let chart: Chart<Kind, Values, string> | null = null;
  let kind: string | null = null;
  return {
    update(spec) {
      const config = configOf(spec, paintOf(canvas));
      if (chart === null || kind !== spec.kind) {
        chart?.destroy();
        chart = new Chart(canvas, config);
        kind = spec.kind;
        return;
      }
      chart.data = config.data;
      if (config.options !== undefined) chart.options = config.options;
      chart.update('none');
    },
    destroy() {
      chart?.destroy();
    },
  };
}

function configOf(spec: ChartSpec, paint: Paint): ChartConfiguration<Kind, Values, string> {
  const isLying = spec.kind === 'rows' || spec.kind === 'pairs';
  const isStacked = spec.kind === 'areas' || spec.kind === 'bars' || spec.kind === 'rows';
  const isLine = spec.kind === 'lines' || spec.kind === 'areas';
  const values = {
    beginAtZero: true,
    stacked: isStacked,
    grid: { color: paint.border },
    border: { display: false },
    ticks: {
      color: paint.muted,
      font: { family: paint.font, size: FONT_SIZE },
      maxTicksLimit: 5,
      precision: 0,
      callback: (value: number | string) => formatValue(spec, Number(value)),
    },
    ...(spec.max === undefined ? {} : { max: spec.max }),
  };
  const names = {
    stacked: isStacked,
    grid: { display: false },
    border: { color: paint.border },
    ticks: {
      color: paint.muted,
      font: { family: paint.font, size: FONT_SIZE },
      maxRotation: 0,
      autoSkip: !isLying,
      maxTicksLimit: MOST_TICKS,
      callback: (_: number | string, index: number) => shortened(spec.categories[index] ?? ''),
    },
  };
  return {
    type: isLine ? 'line' : 'bar',
    data: {
      labels: [...spec.categories],
      datasets: spec.series.map((series) =>
        isLine ? lineOf(series, spec, paint) : barOf(series, paint, spec.categories.length),
      ),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: isLying ? 'y' : 'x',
      interaction: { mode: 'index', intersect: false, axis: isLying ? 'y' : 'x' },
      scales: isLying ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        tooltip: {
          backgroundColor: paint.surface,
          borderColor: paint.border,
          borderWidth: 1,
          titleColor: paint.text,
          bodyColor: paint.text,
          titleFont: { family: paint.font, size: FONT_SIZE + 1 },
          bodyFont: { family: paint.font, size: FONT_SIZE + 1 },
          boxWidth: 8,
          boxHeight: 8,
          cornerRadius: 4,
          callbacks: {
            label: ({ dataset, raw }) =>
              ` ${dataset.label ?? ''}: ${formatValue(spec, typeof raw === 'number' ? raw : null)}`,
          },
        },
      },
    },
  };
}

function lineOf({ label, tone, values }: ChartSeries, { kind }: ChartSpec, paint: Paint): Dataset {
  const colour = paint.tone(tone);
  // One day alone makes no line, so it is a point.
  const isAlone = values.filter((value) => value !== null).length === 1;
  return {
    label,
    data: [...values],
    borderColor: colour,
    backgroundColor: kind === 'areas' ? colour : 'transparent',
    fill: kind === 'areas' ? 'stack' : false,
    borderWidth: kind === 'areas' ? 1 : 2,
    pointRadius: isAlone ? 3 : 0,
    pointHoverRadius: 3,
    pointBackgroundColor: colour,
    pointHoverBackgroundColor: colour,
    pointHoverBorderColor: colour,
    hoverBackgroundColor: colour,
    hoverBorderColor: colour,
  };
}

function barOf({ label, tone, values }: ChartSeries, paint: Paint, categories: number): Dataset {
  const colour = paint.tone(tone);
  return {
    label,
    data: [...values],
    backgroundColor: colour,
    hoverBackgroundColor: colour,
    borderWidth: 0,
    maxBarThickness: categories > MOST_TICKS ? 12 : 18,
  };
}

function shortened(label: string): string {
  return label.length <= LONGEST_LABEL ? label : `…${label.slice(1 - LONGEST_LABEL)}`;
}

/** The style sheet's colours as they are now. A canvas knows no variables, and the library no colour spaces. */
function paintOf(canvas: HTMLCanvasElement): Paint {
  const probe = canvas.ownerDocument.createElement('span');
  // Else the second colour would still be on its way from the first when it is read.
  probe.style.transitionProperty = 'none';
  canvas.after(probe);
  const pixel = canvas.ownerDocument.createElement('canvas');
  pixel.width = 1;
  pixel.height = 1;
  const context = pixel.getContext('2d', { willReadFrequently: true });
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    const colour = getComputedStyle(probe).color;
    if (context === null) return colour;
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
  const paint: Paint = {
    tone: toneReader(read),
    text: read('--text-strong'),
    muted: read('--muted'),
    border: read('--border'),
    surface: read('--surface-2'),
    font: getComputedStyle(canvas).fontFamily,
  };
  probe.remove();
  return paint;
}

function toneReader(read: (name: string) => string): (tone: ChartTone) => string {
  const tones: Readonly<Record<ChartTone, string>> = {
    critical: read('--sev-critical-fill'),
    high: read('--sev-high-fill'),
    medium: read('--sev-medium-fill'),
    low: read('--sev-low-fill'),
    info: read('--sev-info-fill'),
    accent: read('--accent'),
    muted: read('--border-strong'),
  };
  return (tone) => tones[tone];
}
