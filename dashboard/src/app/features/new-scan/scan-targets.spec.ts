import { signal } from '@angular/core';
import type { ScanType } from '@securescan/contracts';
import { ScanTargets } from './scan-targets';

function targetsOf(types: readonly ScanType[], isHostJudged = false): ScanTargets {
  return new ScanTargets(signal(types), () => isHostJudged);
}

describe('ScanTargets', () => {
  it.each<[readonly ScanType[], boolean, readonly string[]]>([
    [['code'], false, ['target_path']],
    [['dependency'], false, ['target_path']],
    [['iac'], false, ['target_path']],
    [['baseline'], false, ['target_path']],
    [['baseline'], true, []],
    [['code', 'baseline'], true, ['target_path']],
    [['dast'], false, ['target_url']],
    [['network'], false, ['target_host']],
    [['dast', 'network'], true, ['target_url', 'target_host']],
    [['iac', 'dast', 'network'], false, ['target_path', 'target_url', 'target_host']],
    [[], false, []],
  ])('asks of a scan of %j, this machine judged: %s, for %j', (types, isHostJudged, expected) => {
    expect(targetsOf(types, isHostJudged).asked()).toEqual(expected);
  });

  it('sends what is asked for, trimmed, and nothing that was typed for something else', () => {
    const types = signal<readonly ScanType[]>(['code', 'dast']);
    const targets = new ScanTargets(types, () => false);
    targets.type('target_path', ' /srv/shop ');
    targets.type('target_url', 'https://shop.test/ ');
    expect(targets.request()).toEqual({
      target_path: '/srv/shop',
      target_url: 'https://shop.test/',
    });
    types.set(['code']);
    expect(targets.request()).toEqual({ target_path: '/srv/shop' });
    types.set(['dast']);
    expect(targets.textOf('target_url')).toBe('https://shop.test/ ');
    expect(targets.request()).toEqual({ target_url: 'https://shop.test/' });
  });

  it('finds fault with a field only when the person has finished with it', () => {
    const targets = targetsOf(['code', 'network']);
    targets.type('target_host', 'http://shop.test/');
    expect(targets.faultOf('target_host')).toBeNull();
    targets.finish('target_host');
    expect(targets.faultOf('target_host')).toContain('host alone');
    expect(targets.faultOf('target_path')).toBeNull();
    targets.type('target_host', 'shop.test');
    expect(targets.faultOf('target_host')).toBeNull();
  });

  it('is complete when each asked place looks as it should, finished or not', () => {
    const targets = targetsOf(['code', 'dast']);
    expect(targets.isComplete()).toBe(false);
    targets.type('target_path', '/srv/shop');
    expect(targets.isComplete()).toBe(false);
    targets.type('target_url', 'https://shop.test/');
    expect(targets.isComplete()).toBe(true);
    expect(targetsOf(['baseline'], true).isComplete()).toBe(true);
  });
});
