import type { BuiltinScanner } from '../../scanner';

export const dockerfileScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'dockerfile',
  scanType: 'iac',
  description: 'dockerfile',
  checks: ['one', 'two', 'three'],
  timeLimitMs: 300_000,
  inspect: () => Promise.resolve({ findings: [], filesAssessed: 0, notes: [] }),
});
