import { PARTS, SERVER_FOLDERS_WITH_NODE } from './import-matrix.mjs';

const TESTS =
  '\\.(spec|e2e-spec|long-spec|contract|bench)\\.ts$|/test/|/e2e/|setup-jest\\.ts$|^libs/(testing|benchmarks|tooling)/';

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** A pattern of package names, as the path below node_modules that it stands for. */
const packagePath = (pattern) =>
  `node_modules/(@types/)?${escape(pattern).replaceAll('\\*', '[^/]+')}(/|$)`;

const folderOf = (name) => PARTS.find((part) => part.name === name).folder;

function onlyAllowedParts(part) {
  const allowed = [part.name, ...part.imports].map((name) => `^${folderOf(name)}/`);
  return {
    name: `${part.name}-imports-only-its-own`,
    comment: 'libs/tooling/import-matrix.mjs says who may import whom.',
    severity: 'error',
    from: { path: `^${part.folder}/`, pathNot: TESTS },
    to: { path: '^(libs|server|cli|action|dashboard)/', pathNot: allowed.join('|') },
  };
}

function onlyAllowedPackages(part) {
  const allowed = part.packages.map(packagePath);
  return {
    name: `${part.name}-packages`,
    comment: 'The package is not on the list of this part in libs/tooling/import-matrix.mjs.',
    severity: 'error',
    from: { path: `^${part.folder}/`, pathNot: TESTS },
    to: { path: 'node_modules/', ...(allowed.length > 0 && { pathNot: allowed.join('|') }) },
  };
}

function noNode(part) {
  const exempt =
    part.name === 'server' ? `|^server/src/(${SERVER_FOLDERS_WITH_NODE.join('|')})/` : '';
  return {
    name: `${part.name}-without-node`,
    comment: 'This part runs anywhere, or reaches the machine through ports.',
    severity: 'error',
    from: { path: `^${part.folder}/`, pathNot: TESTS + exempt },
    to: { dependencyTypes: ['core'] },
  };
}

/** What is allowed by itself but must not be reached, even through others. */
const chains = [
  {
    name: 'core-reaches-no-node',
    severity: 'error',
    from: { path: '^libs/(contracts|core)/src/', pathNot: TESTS },
    to: {
      reachable: true,
      path: '^(fs|child_process|net|http|https|os|process|crypto|worker_threads)$',
    },
  },
];

const always = [
  {
    name: 'no-cycles',
    severity: 'error',
    from: { pathNot: 'node_modules' },
    to: { circular: true },
  },
  {
    name: 'no-tests-in-sources',
    severity: 'error',
    from: { path: '^(libs|server|cli|dashboard)/', pathNot: TESTS },
    to: { path: '\\.(spec|e2e-spec|contract)\\.ts$|^libs/testing/' },
  },
  {
    name: 'modules-do-not-reach-into-platform',
    comment: 'Modules ask for ports; platform.module.ts alone binds them.',
    severity: 'error',
    from: { path: '^server/src/modules/', pathNot: TESTS },
    to: { path: '^server/src/platform/' },
  },
  {
    name: 'features-stay-apart',
    comment: 'A feature of the dashboard uses core and ui, never another feature.',
    severity: 'error',
    from: { path: '^dashboard/src/app/features/([^/]+)/', pathNot: TESTS },
    to: { path: '^dashboard/src/app/features/', pathNot: '^dashboard/src/app/features/$1/' },
  },
  {
    name: 'triage-is-shared',
    comment: 'What several features of the dashboard share knows none of them.',
    severity: 'error',
    from: { path: '^dashboard/src/app/triage/', pathNot: TESTS },
    to: { path: '^dashboard/src/app/(features|shell)/' },
  },
  {
    name: 'ui-is-dumb',
    severity: 'error',
    from: { path: '^dashboard/src/app/ui/', pathNot: TESTS },
    to: { path: '^dashboard/src/app/(core/api|core/live|triage|features|shell)/' },
  },
];

export default {
  forbidden: [
    ...PARTS.map(onlyAllowedParts),
    ...PARTS.map(onlyAllowedPackages),
    ...PARTS.filter((part) => !part.node).map(noNode),
    ...chains,
    ...always,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|__fixtures__|__goldens__)/|^libs/scan-engine/rules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
