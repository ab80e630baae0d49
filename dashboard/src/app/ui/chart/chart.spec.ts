import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { CHART_DRAWER, Chart } from './chart';
import type { DrawChart } from './chart-spec';
import type { ChartSpec } from './chart-spec';

const SPEC: ChartSpec = {
  kind: 'rows',
  dimension: 'Scanner',
  categories: ['semgrep', 'bandit'],
  series: [
    { label: 'high', tone: 'high', values: [1_200, null] },
    { label: 'low', tone: 'low', values: [0, 3] },
  ],
};

describe('Chart', () => {
  async function show(drawer: () => Promise<DrawChart>): Promise<ComponentFixture<Chart>> {
    TestBed.configureTestingModule({ providers: [{ provide: CHART_DRAWER, useValue: drawer }] });
    const fixture = TestBed.createComponent(Chart);
    fixture.componentRef.setInput('caption', 'By scanner');
    fixture.componentRef.setInput('spec', SPEC);
    fixture.componentRef.setInput('theme', 'dark');
    await fixture.whenStable();
    return fixture;
  }

  function rows(fixture: ComponentFixture<Chart>): string[][] {
    const element = fixture.nativeElement as HTMLElement;
    return [...element.querySelectorAll('tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim()),
    );
  }

  function numbers(fixture: ComponentFixture<Chart>): Element | null {
    return (fixture.nativeElement as HTMLElement).querySelector('.numbers');
  }

  it('has all its numbers in a table, which a button shows to everybody', async () => {
    const fixture = await show(() =>
      Promise.resolve(() => ({ update: jest.fn(), destroy: jest.fn() })),
    );
    expect(rows(fixture)).toEqual([
      ['Scanner', 'high', 'low'],
      ['semgrep', '1,200', '0'],
      ['bandit', '–', '3'],
    ]);
    expect(numbers(fixture)?.classList).toContain('visually-hidden');
    (fixture.nativeElement as HTMLElement).querySelector('button')?.click();
    await fixture.whenStable();
    expect(numbers(fixture)?.classList).not.toContain('visually-hidden');
  });

  it('draws anew when the numbers or the theme change, and lets go of the canvas at the end', async () => {
    const drawing = { update: jest.fn(), destroy: jest.fn() };
    const draw = jest.fn(() => drawing);
    const fixture = await show(() => Promise.resolve(draw));
    fixture.componentRef.setInput('theme', 'light');
    await fixture.whenStable();
    expect(draw).toHaveBeenCalledTimes(1);
    expect(drawing.update.mock.calls.at(-1)).toEqual([SPEC, 'light']);
    fixture.destroy();
    expect(drawing.destroy).toHaveBeenCalledTimes(1);
  });

  it('shows the table where the code that draws does not come', async () => {
    const fixture = await show(() => Promise.reject(new TypeError('not found')));
    expect(numbers(fixture)?.classList).not.toContain('visually-hidden');
  });
});
