import type { ComparisonBody } from '@securescan/contracts';
import { aScan } from '../../../test/wire-samples';
import { comparableWith } from './comparable';
import { reasonOf } from './difference-words';

const FACTS = { base: null, head: null, incomplete: false, new: 0, fixed: 0, not_assessed: 1 };

describe('what can be compared with a scan', () => {
  const head = aScan({ id: 'head' });

  it('is every other scan of its project and target, wherever the checkout lay', () => {
    const moved = aScan({ id: 'moved', target_path: '/build/7/shop' });
    const others = [
      head,
      aScan({ id: 'project', project: 'other' }),
      aScan({ id: 'url', target_url: 'https://shop.test/' }),
      aScan({ id: 'host', target_path: null, target_host: '10.0.0.1' }),
    ];
    expect(comparableWith(head, [...others, moved])).toEqual([moved]);
  });

  it('is anything while the other one is not chosen', () => {
    expect(comparableWith(null, [head])).toEqual([head]);
  });
});

describe('why a finding was not assessed', () => {
  const comparison: Pick<ComparisonBody, 'scanners' | 'causes'> = {
    scanners: [
      { ...FACTS, scanner: 'semgrep', reason: 'failed at head (it crashed)' },
      { ...FACTS, scanner: 'secrets', reason: null },
      { ...FACTS, scanner: 'trivy', reason: null },
    ],
    causes: [
      { kind: 'scanner_version', scanner: 'trivy', base: '1', head: '2' },
      { kind: 'options', scanner: 'secrets', base: 'history: on', head: 'history: off' },
    ],
  };

  it.each([
    ['semgrep', /^failed at head/],
    ['secrets', /let it see more/],
    ['trivy', /left the file unread/],
    ['gone', /left the file unread/],
  ])('is told for %s', (scanner, expected) => {
    expect(reasonOf(scanner, comparison)).toMatch(expected);
  });
});
