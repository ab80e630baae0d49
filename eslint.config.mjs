import { boundaryRules } from './libs/tooling/eslint/boundaries.mjs';
import { baseRules } from './libs/tooling/eslint/base.mjs';
import { dashboardRules } from './libs/tooling/eslint/dashboard.mjs';
import { houseRules } from './libs/tooling/eslint/house.mjs';
import { pureRules } from './libs/tooling/eslint/pure.mjs';

export default [
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      'action/dist/',
      '.angular/',
      'examples/',
      'libs/scan-engine/rules/',
      '**/__fixtures__/',
      '**/__goldens__/',
    ],
  },
  ...baseRules,
  ...pureRules,
  ...houseRules,
  ...boundaryRules,
  ...dashboardRules,
];
