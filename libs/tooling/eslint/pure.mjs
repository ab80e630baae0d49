import { TESTS } from './base.mjs';

/** What makes an answer depend on the machine, the place or the moment. */
const IMPURE = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Take the time as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time as an argument.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance has no place here.',
  },
  {
    selector: "CallExpression[callee.property.name='localeCompare']",
    message: 'Compare by code point: compareCodePoints.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^toLocale/]',
    message: 'The answer would depend on the locale.',
  },
  {
    selector: "CallExpression[callee.property.name='sort'][arguments.length=0]",
    message: 'Sort with a comparator.',
  },
  {
    selector: "CallExpression[callee.property.name='toSorted'][arguments.length=0]",
    message: 'Sort with a comparator.',
  },
];

export const pureRules = [
  {
    files: ['libs/contracts/src/**/*.ts', 'libs/core/src/**/*.ts', 'libs/scan-engine/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-syntax': ['error', ...IMPURE],
      'no-restricted-globals': [
        'error',
        'process',
        'Intl',
        'console',
        'fetch',
        'Buffer',
        '__dirname',
        'require',
      ],
    },
  },
];
