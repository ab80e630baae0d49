import { signal } from '@angular/core';
import { ScanOptions } from './scan-options';

describe('ScanOptions', () => {
  it('offers what the chosen scanners can do, all of it off', () => {
    const chosen = signal<readonly string[]>(['zap', 'secrets', 'baseline', 'semgrep']);
    const options = new ScanOptions(
      (scanner) => chosen().includes(scanner),
      () => false,
    );
    expect(options.offered()).toEqual(['active', 'history', 'baseline_host_probes']);
    expect(options.request()).toEqual({});
    chosen.set(['builtin_dast', 'semgrep']);
    expect(options.offered()).toEqual([]);
  });

  it('sends what is turned on and nothing else', () => {
    const options = new ScanOptions(
      () => true,
      () => true,
    );
    options.toggle('history');
    options.toggle('active');
    options.toggle('active');
    options.toggle('ai');
    expect(options.request()).toEqual({ history: true, ai: true });
    expect([options.isOn('history'), options.isOn('active')]).toEqual([true, false]);
  });

  it('offers advice where the server can ask for it, whatever runs', () => {
    expect(
      new ScanOptions(
        () => false,
        () => true,
      ).offered(),
    ).toEqual(['ai']);
  });

  it('stay as they are when something else is chosen', () => {
    const chosen = signal<readonly string[]>(['secrets']);
    const options = new ScanOptions(
      (scanner) => chosen().includes(scanner),
      () => chosen().length > 0,
    );
    options.toggle('history');
    options.toggle('ai');
    chosen.set(['secrets', 'semgrep']);
    expect(options.request()).toEqual({ history: true, ai: true });
  });

  it('does not attack by a choice from before the scanner was left out', () => {
    const chosen = signal(true);
    const options = new ScanOptions(
      () => chosen(),
      () => false,
    );
    options.toggle('active');
    expect(options.request()).toEqual({ active: true });
    chosen.set(false);
    expect(options.request()).toEqual({});
    chosen.set(true);
    expect(options.request()).toEqual({});
  });
});
