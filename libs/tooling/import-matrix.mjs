/**
 * Who may import whom. The editor's rule (eslint-plugin-boundaries) and the one that follows whole chains in CI
 * (dependency-cruiser) are both made from this table.
 *
 * `packages`: what may be imported beside our own parts, as patterns of package names; `node`: whether Node's modules may.
 */

const NEST = ['@nestjs/*', 'rxjs', 'reflect-metadata', 'class-validator', 'class-transformer'];

export const PARTS = [
  { name: 'contracts', folder: 'libs/contracts', imports: [], packages: [], node: false },
  {
    name: 'core',
    folder: 'libs/core',
    imports: ['contracts'],
    // Pure libraries only.
    packages: [
      '@noble/hashes',
      '@noble/hashes/*',
      '@yarnpkg/parsers',
      'fast-xml-builder',
      'fflate',
      'packageurl-js',
      'papaparse',
      'sarif',
      'saxes',
      'smol-toml',
      'spdx-correct',
      'spdx-expression-parse',
      'yaml',
    ],
    node: false,
  },
  {
    name: 'scan-engine',
    folder: 'libs/scan-engine',
    imports: ['contracts', 'core'],
    packages: [
      'dockerfile-ast',
      'htmlparser2',
      'ignore',
      'ipaddr.js',
      'packageurl-js',
      'saxes',
      'set-cookie-parser',
      'smol-toml',
      'spdx-correct',
      'spdx-expression-parse',
      'yaml',
    ],
    node: false,
  },
  {
    name: 'host-node',
    folder: 'libs/host-node',
    imports: ['contracts', 'core', 'scan-engine'],
    packages: ['ipaddr.js', 'yaml'],
    node: true,
  },
  {
    name: 'api-client',
    folder: 'libs/api-client',
    imports: ['contracts', 'core'],
    packages: [],
    node: false,
  },
  {
    name: 'testing',
    folder: 'libs/testing',
    imports: ['contracts', 'core', 'scan-engine'],
    packages: ['fast-check', 'sarif'],
    node: true,
  },
  {
    name: 'benchmarks',
    folder: 'libs/benchmarks',
    imports: ['contracts', 'core', 'scan-engine', 'host-node', 'api-client', 'testing', 'server'],
    packages: [...NEST, 'playwright-core', 'typeorm'],
    node: true,
  },
  {
    name: 'server',
    folder: 'server',
    imports: ['contracts', 'core', 'scan-engine', 'host-node'],
    packages: [
      ...NEST,
      '@fastify/*',
      '@noble/hashes',
      '@noble/hashes/*',
      'better-sqlite3',
      'fastify',
      'ipaddr.js',
      'pino',
      'typeorm',
      'undici',
    ],
    // The outside world is behind ports; see the folders in `SERVER_FOLDERS_WITH_NODE`.
    node: false,
  },
  {
    name: 'cli',
    folder: 'cli',
    imports: ['contracts', 'core', 'scan-engine', 'host-node', 'api-client'],
    packages: [...NEST, 'commander', 'picocolors'],
    node: true,
  },
  {
    name: 'action',
    folder: 'action',
    imports: ['contracts', 'core', 'scan-engine', 'host-node', 'api-client'],
    packages: [],
    node: true,
  },
  {
    name: 'dashboard',
    folder: 'dashboard',
    imports: ['contracts'],
    packages: ['@angular/*', '@angular/*/*', 'chart.js', 'rxjs', 'rxjs/*'],
    node: false,
  },
];

/** Where the server may touch Node directly. */
export const SERVER_FOLDERS_WITH_NODE = ['platform', 'config'];

/** Tests may use these beside what their part may. */
export const TEST_FILES = [
  '**/*.spec.ts',
  '**/*.e2e-spec.ts',
  '**/*.long-spec.ts',
  '**/*.contract.ts',
  '**/test/**',
  '**/e2e/**',
  '**/bench/**',
];
