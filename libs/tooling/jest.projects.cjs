const { join } = require('node:path');
const { createCjsPreset } = require('jest-preset-angular/presets');

const root = join(__dirname, '..', '..');

// Packages that ship ES modules only and are reached by a static import; Jest needs them as CommonJS.
const esmOnly = [
  '@borewit',
  '@nestjs',
  '@noble',
  '@tokenizer',
  'ccount',
  'character-entities',
  'content-disposition',
  'cookie',
  'decode-named-character-reference',
  'devlop',
  'dom-serializer',
  'domelementtype',
  'domhandler',
  'domutils',
  'entities',
  'escape-string-regexp',
  'file-type',
  'htmlparser2',
  'longest-streak',
  'markdown-table',
  'mdast-util-[a-z-]+',
  'micromark[a-z-]*',
  'parse5',
  'set-cookie-parser',
  'smol-toml',
  'strtok3',
  'token-types',
  'uint8array-extras',
  'unist-util-[a-z-]+',
  'zwitch',
];

const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const inNode = {
  rootDir: root,
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.(ts|js|mjs)$': swc },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@securescan/([a-z-]+)/(runtime-guard)$': '<rootDir>/libs/$1/src/$2.ts',
    '^@securescan/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};

exports.node = {
  ...inNode,
  displayName: 'node',
  roots: ['<rootDir>/libs', '<rootDir>/server', '<rootDir>/cli', '<rootDir>/action'],
  testRegex: '\\.(spec|e2e-spec)\\.(ts|mjs|cjs)$',
};

/** The journeys that need a browser and the built server. */
exports.browser = {
  ...inNode,
  displayName: 'browser',
  roots: ['<rootDir>/dashboard/e2e'],
  testRegex: '\\.e2e-spec\\.ts$',
};

exports.dashboard = {
  ...createCjsPreset({ tsconfig: join(root, 'dashboard/tsconfig.spec.json') }),
  displayName: 'dashboard',
  rootDir: root,
  roots: ['<rootDir>/dashboard/src'],
  setupFilesAfterEnv: ['<rootDir>/dashboard/setup-jest.ts'],
  moduleNameMapper: { '^@securescan/contracts$': '<rootDir>/libs/contracts/src/index.ts' },
};

exports.inNode = inNode;
