import fc from 'fast-check';
import { nearestName } from './nearest-name';

const KNOWN = ['scan_types', 'semgrep_rules', 'ai', 'until'];

describe('nearestName', () => {
  it.each([
    ['scan_type', 'scan_types'],
    ['scanTypes', 'scan_types'],
    ['SCAN-TYPES', 'scan_types'],
    ['sacn_types', 'scan_types'],
    ['semgrep', null],
    ['semgreprule', 'semgrep_rules'],
    ['untill', 'until'],
    ['ia', 'ai'],
    ['x', null],
    ['', null],
    ['scan_types'.repeat(10), null],
  ])('%j was meant as %j', (name, meant) => {
    expect(nearestName(name, KNOWN)).toBe(meant);
  });

  it('finds a name again after one slip', () => {
    const slip = fc.record({
      name: fc.constantFrom('scan_types', 'semgrep_rules', 'until'),
      at: fc.nat(4),
      letter: fc.constantFrom('q', 'z', ''),
    });
    fc.assert(
      fc.property(slip, ({ name, at, letter }) => {
        const typed = `${name.slice(0, at)}${letter}${name.slice(at + 1)}`;
        expect(nearestName(typed, KNOWN)).toBe(name);
      }),
    );
  });
});
