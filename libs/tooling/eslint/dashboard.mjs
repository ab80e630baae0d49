import angular from 'angular-eslint';
import { TESTS } from './base.mjs';

export const dashboardRules = [
  ...angular.configs.tsRecommended.map((config) => ({
    ...config,
    files: ['dashboard/src/**/*.ts'],
  })),
  {
    files: ['dashboard/src/**/*.ts'],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
    },
  },
  {
    files: ['dashboard/src/app/{features,shell,triage,ui}/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='subscribe']",
          message: 'Streams end in a signal at the store.',
        },
        {
          selector: "MemberExpression[property.name='innerHTML']",
          message: 'Text from tools is text.',
        },
      ],
    },
  },
  ...[...angular.configs.templateRecommended, ...angular.configs.templateAccessibility].map(
    (config) => ({
      ...config,
      files: ['dashboard/**/*.html'],
    }),
  ),
];
