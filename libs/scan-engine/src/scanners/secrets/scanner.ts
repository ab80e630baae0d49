import type { BuiltinScanner } from '../../scanner';

export const secretsScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'secrets',
  scanType: 'code',
  description: 'secrets',
  checks: ['one', 'two', 'three'],
  timeLimitMs: 300_000,
  inspect: () => Promise.resolve({ findings: [], filesAssessed: 0, notes: [] }),
});
