import { signal } from '@angular/core';
import type { ScannerStatusBody } from '@securescan/contracts';
import { aScannerStatus } from '../../../test/wire-samples';
import { ScannerSelection } from './scanner-selection';

const REGISTERED = [
  aScannerStatus(),
  aScannerStatus({ name: 'bandit', available: false, message: 'bandit is not installed' }),
  aScannerStatus({ name: 'dockerfile', scan_type: 'iac' }),
  aScannerStatus({ name: 'zap', scan_type: 'dast' }),
];

describe('ScannerSelection', () => {
  function select(registered: readonly ScannerStatusBody[] | null = REGISTERED): ScannerSelection {
    return new ScannerSelection(signal(registered));
  }

  it('chooses every scanner of the usual kinds and then names none', () => {
    const selection = select();
    expect(selection.request()).toEqual({ scan_types: ['code', 'iac'] });
    expect(selection.willRun().map(({ name }) => name)).toEqual(['secrets', 'dockerfile']);
    expect(selection.willSkip().map(({ name }) => name)).toEqual(['bandit']);
  });

  it('asks for the usual kinds until the scanners are known', () => {
    const selection = select(null);
    expect(selection.request()).toEqual({ scan_types: ['code', 'dependency', 'iac'] });
    expect(selection.fault()).toBeNull();
  });

  it('leaves a kind out with its last scanner and takes it in with its first', () => {
    const selection = select();
    selection.toggleScanner('dockerfile');
    expect(selection.request()).toEqual({ scan_types: ['code'] });
    selection.toggleScanner('zap');
    expect(selection.request()).toEqual({ scan_types: ['code', 'dast'] });
  });

  it('fills up a kind that is chosen in part, and empties a full one', () => {
    const selection = select();
    const code = () => selection.choices().find(({ type }) => type === 'code')?.extent;
    selection.toggleScanner('secrets');
    expect(code()).toBe('some');
    expect(selection.request()).toEqual({
      scan_types: ['code', 'iac'],
      scanners: ['bandit', 'dockerfile'],
    });
    selection.toggleType('code');
    expect(code()).toBe('all');
    selection.toggleType('code');
    expect(code()).toBe('none');
  });

  it('says what is wrong with a choice that would run nothing', () => {
    const selection = select();
    selection.toggleScanner('secrets');
    selection.toggleType('iac');
    expect(selection.fault()).toBe('None of the chosen scanners is installed.');
    selection.toggleScanner('bandit');
    expect(selection.fault()).toBe('Choose at least one scanner.');
  });
});
