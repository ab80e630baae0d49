import type { BuiltinScanner } from '../../scanner';

export const gitHygieneScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'git-hygiene',
  scanType: 'code',
  description: 'git-hygiene',
  checks: ['one', 'two', 'three'],
  timeLimitMs: 300_000,
  inspect: () => Promise.resolve({ findings: [], filesAssessed: 0, notes: [] }),
});
