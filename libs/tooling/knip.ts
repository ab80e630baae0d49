import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'server/src/main.ts',
    'cli/src/{main,main-of-action,run-invocation}.ts',
    'action/src/main.ts',
    'libs/*/src/index.ts',
    'libs/host-node/src/runtime-guard.ts',
    // Loaded by threads.
    'libs/host-node/src/inspection/worker-main.ts',
    'libs/host-node/src/scan-thread/bill-thread-main.ts',
    'libs/host-node/src/scan-thread/scan-thread-main.ts',
    'server/src/platform/embedded/{comparison-thread,log-folder,search-thread}-main.ts',
    'libs/host-node/test/{hanging-scanner,thread-of-oddities}.cjs',
    'libs/benchmarks/src/{*.bench,loop-monitor}.ts',
    '**/*.{spec,e2e-spec,long-spec}.ts',
    // Started by tests as programs of their own.
    'libs/core/test/render-shuffles.ts',
    'libs/host-node/test/write-tree-and-stay.ts',
    'server/test/support/{hold-database.ts,kill-at-statement.cjs,run-typescript.cjs,send-to-vectors.ts}',
    'libs/tooling/*.{mjs,cjs,ts}',
  ],
  project: ['{libs,server,cli,action,dashboard}/**/*.{ts,mjs,cjs}'],
  ignore: ['**/__fixtures__/**', 'libs/scan-engine/rules/**'],
  // A peer of jest-preset-angular.
  ignoreDependencies: ['ts-jest'],
  ignoreBinaries: [
    'bwrap',
    'go',
    'nginx',
    'nsenter',
    'perl',
    'prlimit',
    'pyspdxtools',
    'schemathesis',
    'fish',
    'mkfifo',
    'openssl',
    'semgrep',
    'trivy',
    'unshare',
  ],
  ignoreExportsUsedInFile: true,
};

// The tool reads its configuration from the default export.
export default config;
