import { TestBed } from '@angular/core/testing';
import { Toaster } from './toaster';

const PROBLEM = { message: 'gone', code: 'X', requestId: 'r-1', status: 404, fields: [] };

describe('Toaster', () => {
  let toaster: Toaster;

  beforeEach(() => {
    jest.useFakeTimers();
    toaster = TestBed.inject(Toaster);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  function texts(): string[] {
    return toaster.toasts().map(({ text }) => text);
  }

  it('lets what was done go by itself, later where there is something to press', () => {
    toaster.done('Saved');
    toaster.done('12 findings marked', { label: 'Undo', run: () => undefined });
    jest.advanceTimersByTime(4_000);
    expect(texts()).toEqual(['12 findings marked']);
    jest.advanceTimersByTime(6_000);
    expect(texts()).toEqual([]);
  });

  it('keeps what failed until it is dismissed', () => {
    toaster.failed('Not saved', PROBLEM);
    jest.advanceTimersByTime(60_000);
    const [toast] = toaster.toasts();
    expect(toast?.problem).toBe(PROBLEM);
    toaster.dismiss(toast?.id ?? 0);
    expect(texts()).toEqual([]);
  });

  it('takes nothing away while somebody reads, and gives the whole time afterwards', () => {
    toaster.done('Saved');
    jest.advanceTimersByTime(3_900);
    toaster.hold();
    jest.advanceTimersByTime(60_000);
    expect(texts()).toEqual(['Saved']);
    toaster.release();
    jest.advanceTimersByTime(3_999);
    expect(texts()).toEqual(['Saved']);
    jest.advanceTimersByTime(1);
    expect(texts()).toEqual([]);
  });

  it('shows the last four', () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) toaster.failed(text, PROBLEM);
    expect(texts()).toEqual(['b', 'c', 'd', 'e']);
  });
});
