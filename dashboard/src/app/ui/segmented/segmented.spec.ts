import { TestBed } from '@angular/core/testing';
import { Segmented } from './segmented';

describe('Segmented', () => {
  it('is a group of radio buttons, each with its count', () => {
    const fixture = TestBed.createComponent(Segmented);
    fixture.componentRef.setInput('label', 'Which');
    fixture.componentRef.setInput('name', 'which');
    fixture.componentRef.setInput('value', 'all');
    fixture.componentRef.setInput('segments', [
      { id: 'all', label: 'All', count: 3 },
      { id: 'unread', label: 'Unread', count: null },
    ]);
    TestBed.tick();
    const element = fixture.nativeElement as HTMLElement;
    expect(element.textContent.replace(/\s+/g, ' ').trim()).toBe('Which All 3 Unread');
    const inputs = [...element.querySelectorAll('input')];
    expect(inputs.map(({ checked }) => checked)).toEqual([true, false]);
    inputs[1]?.click();
    expect(fixture.componentInstance.value()).toBe('unread');
  });
});
