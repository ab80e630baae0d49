import { TestBed } from '@angular/core/testing';
import type { FindingWithStateBody } from '@securescan/contracts';
import { aFinding } from '../../test/wire-samples';
import { FindingRow } from './finding-row';

async function show(change: Partial<FindingWithStateBody>, isOpen = false): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(FindingRow);
  const row = { finding: aFinding(change), project: 'shop', target: null, lastSeen: null };
  const flags = { isActive: true, isOpen, isSelected: false, showsTarget: false };
  const inputs = { row, index: 41, controls: 'details', ...flags };
  for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

const words = (element: Element | null): string =>
  (element?.textContent ?? '').trim().split(/\s+/).join(' ');

describe('FindingRow', () => {
  it('is a row of a grid that says where it stands, and its button what it opens', async () => {
    const row = await show({}, true);
    const button = row.querySelector('button');
    expect([row.getAttribute('role'), row.getAttribute('aria-rowindex')]).toEqual(['row', '43']);
    expect(button?.getAttribute('aria-expanded')).toBe('true');
    expect(button?.getAttribute('aria-controls')).toBe('details');
    expect(row.querySelectorAll('[role=gridcell]')).toHaveLength(6);
  });

  it('marks what is suppressed, with the reason, for eyes and for screen readers', async () => {
    const row = await show({
      metadata: { suppressed_by: 'inline', suppression_reason: 'nosem: checked' },
    });
    expect(words(row.querySelector('.tag'))).toBe(
      'suppressed by a comment in the code: nosem: checked',
    );
    expect(row.classList).toContain('dimmed');
    expect((await show({})).classList).not.toContain('dimmed');
  });

  it.each([
    [{ host_addr: '10.1.2.3', port: 22 }, '10.1.2.3:22'],
    [{ url: 'http://shop.test/a' }, 'http://shop.test/a'],
  ])('says where a finding is that is in no file', async (metadata, place) => {
    const row = await show({ file_path: null, line_start: null, metadata });
    expect(words(row.querySelector('.location'))).toBe(place);
  });

  it('keeps a title as text', async () => {
    const row = await show({ title: '<img src=x onerror=alert(1)>' });
    expect(row.querySelector('img')).toBeNull();
    expect(words(row.querySelector('.words'))).toBe('<img src=x onerror=alert(1)>');
  });
});
