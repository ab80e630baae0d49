import boundaries from 'eslint-plugin-boundaries';
import { join } from 'node:path';
import { PARTS, SERVER_FOLDERS_WITH_NODE } from '../import-matrix.mjs';
import { root, TESTS, TYPESCRIPT } from './base.mjs';

const MESSAGE =
  'The import matrix (libs/tooling/import-matrix.mjs) does not let this part import that one.';

function policiesOf(part) {
  const from = { element: { type: part.name } };
  const own = [part.name, ...part.imports];
  return [
    { from, allow: { to: { element: { types: { anyOf: own } } } } },
    ...part.packages.map((source) => ({
      from,
      allow: { to: { module: { origin: 'external', source } } },
    })),
    ...(part.node ? [{ from, allow: { to: { module: { origin: 'core' } } } }] : []),
  ];
}

const serverWithNode = {
  from: { file: { path: SERVER_FOLDERS_WITH_NODE.map((folder) => `**/server/src/${folder}/**`) } },
  allow: { to: { module: { origin: 'core' } } },
};

export const boundaryRules = [
  {
    files: TYPESCRIPT,
    ignores: [...TESTS, 'libs/tooling/**', 'dashboard/setup-jest.ts', '**/bench/**'],
    plugins: { boundaries },
    settings: {
      'boundaries/root-path': root,
      'boundaries/elements': PARTS.map(({ name, folder }) => ({
        type: name,
        pattern: `${folder}/**`,
        partialMatch: false,
      })),
      'import/resolver': { typescript: { project: join(root, 'tsconfig.json') } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          message: MESSAGE,
          policies: [...PARTS.flatMap(policiesOf), serverWithNode],
        },
      ],
    },
  },
];
