import {
  Component,
  DestroyRef,
  type ElementRef,
  InjectionToken,
  afterRenderEffect,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import {
  type ChartSpec,
  type ChartTone,
  type DrawChart,
  type Drawing,
  formatValue,
} from './chart-spec';

/** Gets the code that draws, when the first chart is shown; tests bring their own, for they have no canvas. */
export const CHART_DRAWER = new InjectionToken<() => Promise<DrawChart>>('CHART_DRAWER', {
  providedIn: 'root',
  factory: () => async () => (await import('./draw-chart')).drawChart,
});

interface LegendEntry {
  readonly label: string;
  readonly tone: ChartTone;
}

/** Numbers as a drawing for whoever sees it, and as a table for everybody else and for whoever prefers one. */
@Component({
  selector: 'app-chart',
  templateUrl: './chart.html',
  styleUrls: ['../severity/severity-tone.css', './chart.css'],
})
export class Chart {
  private readonly drawer = inject(CHART_DRAWER);

  readonly caption = input.required<string>();
  readonly spec = input.required<ChartSpec>();
  /** Of the page: what is drawn does not follow the style sheet by itself. */
  readonly theme = input.required<string>();

  private readonly canvas = viewChild<ElementRef<HTMLCanvasElement>>('canvas');
  private readonly draw = signal<DrawChart | null>(null);
  private drawing: Drawing | null = null;

  protected readonly isTableShown = signal(false);
  protected readonly legend = computed<readonly LegendEntry[]>(() => {
    const { series } = this.spec();
    return series.length > 1 ? series : [];
  });
  protected readonly rows = computed(() => {
    const spec = this.spec();
    return spec.categories.map((category, index) => ({
      category,
      cells: spec.series.map(({ values }) => formatValue(spec, values[index])),
    }));
  });

  constructor() {
    void this.load();
    afterRenderEffect({
      write: () => {
        const canvas = this.canvas()?.nativeElement;
        const draw = this.draw();
        const [spec, theme] = [this.spec(), this.theme()];
        if (canvas === undefined || draw === null) return;
        this.drawing ??= draw(canvas);
        this.drawing.update(spec, theme);
      },
    });
    inject(DestroyRef).onDestroy(() => {
      this.drawing?.destroy();
    });
  }

  protected toggleTable(): void {
    this.isTableShown.update((isShown) => !isShown);
  }

  private async load(): Promise<void> {
    try {
      const draw = await this.drawer();
      this.draw.set(draw);
    } catch {
      // Expected where the server has been updated since the page was opened: the table has everything that the drawing has.
      this.isTableShown.set(true);
    }
  }
}
