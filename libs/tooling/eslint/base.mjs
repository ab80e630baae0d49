import comments from '@eslint-community/eslint-plugin-eslint-comments';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export const TYPESCRIPT = ['{libs,server,cli,action,dashboard}/**/*.ts'];
export const TESTS = [
  '**/*.spec.ts',
  '**/*.e2e-spec.ts',
  '**/*.long-spec.ts',
  '**/test/**/*.ts',
  '**/e2e/**/*.ts',
  '**/*.contract.ts',
];

/** Rule tables and migrations are long by nature. */
const LONG_BY_NATURE = ['**/migrations/**/*.ts', '**/rules.ts', '**/patterns.ts'];

const strict = tseslint.configs.strictTypeChecked.map((config) => ({
  ...config,
  files: TYPESCRIPT,
}));

export const baseRules = [
  ...strict,
  {
    files: TYPESCRIPT,
    plugins: { 'import-x': importX, comments },
    languageOptions: {
      parserOptions: {
        project: [join(root, 'tsconfig.json'), join(root, 'dashboard/tsconfig.spec.json')],
        tsconfigRootDir: root,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: join(root, 'tsconfig.json') }),
      ],
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // DTOs and rows are shapes; nothing of theirs depends on having been made by the constructor.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'comments/require-description': ['error', { ignore: [] }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      complexity: ['error', 12],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 6],
      'no-console': 'error',
    },
  },
  { files: ['libs/tooling/knip.ts'], rules: { 'import-x/no-default-export': 'off' } },
  { files: LONG_BY_NATURE, rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' } },
  {
    files: TESTS,
    rules: {
      'max-lines': ['error', { max: 600, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      // Answers of HTTP and parsers are read freely in tests; a wrong guess fails the test itself.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
];
