import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Pager } from './pager';

const LAST = {
  start: 25,
  shown: 5,
  total: 30,
  isTotalExact: true,
  hasPrevious: true,
  hasNext: false,
};

describe('Pager', () => {
  let fixture: ComponentFixture<Pager>;
  let moves: string[];

  beforeEach(() => {
    moves = [];
    fixture = TestBed.createComponent(Pager);
    fixture.componentRef.setInput('label', 'Pages of scans');
    fixture.componentInstance.next.subscribe(() => moves.push('next'));
    fixture.componentInstance.previous.subscribe(() => moves.push('previous'));
    document.body.append(fixture.nativeElement as HTMLElement);
  });

  function buttons(): HTMLButtonElement[] {
    return [...(fixture.nativeElement as HTMLElement).querySelectorAll('button')];
  }

  it('keeps the focus on the way that has just come to its end, which leads no further', () => {
    fixture.componentRef.setInput('window', { ...LAST, start: 0, hasNext: true });
    TestBed.tick();
    const next = buttons()[1];
    next?.focus();
    next?.click();
    fixture.componentRef.setInput('window', LAST);
    TestBed.tick();
    expect(document.activeElement).toBe(next);
    expect(next?.getAttribute('aria-disabled')).toBe('true');
    next?.click();
    buttons()[0]?.click();
    expect(moves).toEqual(['next', 'previous']);
  });

  it('says which rows are shown, and when there are more than could be counted', () => {
    fixture.componentRef.setInput('window', { ...LAST, isTotalExact: false });
    TestBed.tick();
    expect((fixture.nativeElement as HTMLElement).textContent).toContain('26 to 30 of over 30');
  });
});
