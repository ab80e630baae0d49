import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { CopyButton } from './copy-button';

describe('CopyButton', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    [true, 'Copied'],
    [false, 'Not copied: select the text and copy it by hand'],
  ])('says whether the browser let it copy: %s', (isAllowed, words) => {
    jest.useFakeTimers();
    const copy = jest.fn(() => isAllowed);
    TestBed.configureTestingModule({ providers: [{ provide: Clipboard, useValue: { copy } }] });
    const fixture = TestBed.createComponent(CopyButton);
    fixture.componentRef.setInput('label', 'Copy the secret');
    fixture.componentRef.setInput('value', 'one two');
    TestBed.tick();
    const element = fixture.nativeElement as HTMLElement;
    element.querySelector('button')?.click();
    TestBed.tick();
    expect(copy).toHaveBeenCalledWith('one two');
    expect(element.querySelector('[role="status"]')?.textContent).toBe(words);
    jest.runOnlyPendingTimers();
    TestBed.tick();
    expect(element.querySelector('[role="status"]')?.textContent).toBe('');
  });
});
