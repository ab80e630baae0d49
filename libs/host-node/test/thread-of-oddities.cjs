// The entry of a thread that runs scans with scanners of one odd habit each.
const { serveScans } = require('../../../dist/libs/host-node/src/scan-thread/serve-scans.js');

const nothing = { findings: [], assessed: [], skipped: [], notes: [] };

const builtin = (name, inspect) => ({
  kind: 'builtin',
  name,
  scanType: 'code',
  description: name,
  checks: [],
  timeLimitMs: 60_000,
  rules: [],
  inspect,
});

const findings = Array.from({ length: 2_500 }, (_, index) => ({
  severity: 'low',
  title: `Number ${index}`,
  description: 'One of many.',
  filePath: `src/${String(index).padStart(4, '0')}.js`,
  lineStart: 1,
  lineEnd: 1,
  ruleId: 'many',
  cwe: null,
  remediation: null,
  metadata: {},
}));

serveScans({
  scanners: [
    builtin('many', () => Promise.resolve({ ...nothing, findings })),
    builtin('stuck', () => {
      for (;;);
    }),
    builtin('greedy', () => {
      const hoard = [];
      for (;;) hoard.push(new Array(100_000).fill(hoard.length));
    }),
    builtin('deaf', () => new Promise(() => undefined)),
    {
      ...builtin('tool'),
      kind: 'external',
      timeLimitMs: 60_000,
      needsNetwork: () => false,
      appliesTo: () => true,
      successExitCodes: [0],
      tool: {
        executable: 'odd-tool',
        versionArguments: ['--version'],
        parseVersion: (text) => text.trim(),
        installHint: 'none',
        env: {},
      },
      plan: () => ({ commands: [{ args: [], env: {} }] }),
      parse: (text) => ({ ...nothing, notes: [`${text.length} characters`] }),
    },
  ],
});
