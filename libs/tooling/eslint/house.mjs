import { TESTS } from './base.mjs';
import { controllerScopeRule } from './controller-scope.mjs';

const PLAIN_ERROR = {
  selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
  message: 'Say whose fault it is: UserError, OperationalError or DefectError.',
};
const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read once, in the configuration.',
};
const SHELL = {
  selector: "Property[key.name='shell'][value.value=true]",
  message: 'No shell: give an argument vector.',
};

const CHILD_PROCESS = {
  name: 'node:child_process',
  message: 'Processes are started by host-node: process-runner.ts.',
};
const EMITTER = {
  name: '@nestjs/event-emitter',
  message: 'Publish and listen through domain-events: it is typed and knows about transactions.',
};
const HTTP_EXCEPTION = {
  name: '@nestjs/common',
  importNames: ['HttpException', 'NotFoundException', 'BadRequestException', 'ForbiddenException'],
  message: 'Throw an error of ours; common/error.filter.ts gives it its status.',
};

const SOURCES = ['{libs,server,cli,action}/**/*.ts'];

export const houseRules = [
  {
    files: ['{server,cli,action}/src/**/*.ts', 'libs/{host-node,api-client}/src/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-restricted-syntax': ['error', PLAIN_ERROR, ENVIRONMENT, SHELL] },
  },
  {
    files: [
      'server/src/config/**/*.ts',
      'cli/src/options/**/*.ts',
      'action/src/inputs.ts',
      'libs/host-node/src/**/*.ts',
    ],
    ignores: TESTS,
    rules: { 'no-restricted-syntax': ['error', PLAIN_ERROR, SHELL] },
  },
  {
    files: SOURCES,
    ignores: [
      ...TESTS,
      'libs/testing/**',
      'libs/benchmarks/**',
      '**/bench/**',
      'libs/host-node/src/process-runner.ts',
      'libs/host-node/src/runtime-guard.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { paths: [CHILD_PROCESS] }] },
  },
  {
    files: ['server/src/**/*.ts'],
    ignores: [...TESTS, 'server/src/domain-events/**', 'server/src/common/**'],
    rules: {
      'no-restricted-imports': ['error', { paths: [CHILD_PROCESS, EMITTER, HTTP_EXCEPTION] }],
    },
  },
  {
    files: ['server/src/**/*.controller.ts'],
    plugins: { house: { rules: { 'controller-scope': controllerScopeRule } } },
    rules: { 'house/controller-scope': 'error' },
  },
];
