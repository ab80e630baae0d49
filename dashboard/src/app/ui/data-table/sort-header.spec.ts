import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type Sort, SortHeader } from './sort-header';

@Component({
  imports: [SortHeader],
  template: `
    <table>
      <tr>
        <th appSortHeader="date" [sort]="sort()" (sorted)="sort.set($event)">Date</th>
        <th appSortHeader="risk" first="asc" [sort]="sort()" (sorted)="sort.set($event)">Risk</th>
      </tr>
    </table>
  `,
})
class Host {
  readonly sort = signal<Sort | null>(null);
}

describe('SortHeader', () => {
  it('asks for its own order first, then for the other one, and tells which holds', () => {
    const fixture = TestBed.createComponent(Host);
    const heads = [...(fixture.nativeElement as HTMLElement).querySelectorAll('th')];
    const press = (index: number): unknown => {
      heads[index]?.querySelector('button')?.click();
      TestBed.tick();
      return [
        fixture.componentInstance.sort(),
        ...heads.map((head) => head.getAttribute('aria-sort')),
      ];
    };
    TestBed.tick();
    expect(heads.map((head) => head.getAttribute('aria-sort'))).toEqual([null, null]);
    expect(press(0)).toEqual([{ by: 'date', order: 'desc' }, 'descending', null]);
    expect(press(0)).toEqual([{ by: 'date', order: 'asc' }, 'ascending', null]);
    expect(press(1)).toEqual([{ by: 'risk', order: 'asc' }, null, 'ascending']);
    expect(press(1)).toEqual([{ by: 'risk', order: 'desc' }, null, 'descending']);
  });
});
