import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Tabs, tabId } from './tabs';

@Component({
  imports: [Tabs],
  template: `<app-tabs label="Kind" panel="view" [choices]="choices" [(selected)]="selected" />`,
})
class Host {
  readonly choices = [
    { id: 'new', label: 'New', count: 2 },
    { id: 'fixed', label: 'Fixed' },
    { id: 'same', label: 'Unchanged', count: 0 },
  ];
  readonly selected = signal('new');
}

describe('Tabs', () => {
  it('are walked by arrow keys, Home and End, and only the chosen one is in the way of Tab', () => {
    const fixture = TestBed.createComponent(Host);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    TestBed.tick();
    const tabs = [...element.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
    expect(tabs.map((tab) => tab.textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'New 2',
      'Fixed',
      'Unchanged 0',
    ]);
    expect(tabs.map((tab) => tab.id)).toEqual(
      ['new', 'fixed', 'same'].map((choice) => tabId('view', choice)),
    );

    tabs[0]?.focus();
    const walk = ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home'].map((key) => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      TestBed.tick();
      return [fixture.componentInstance.selected(), document.activeElement?.id];
    });
    expect(walk).toEqual(
      ['fixed', 'same', 'new', 'same', 'new'].map((choice) => [choice, tabId('view', choice)]),
    );
    expect(tabs.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    expect(tabs[0]?.getAttribute('aria-selected')).toBe('true');
  });
});
