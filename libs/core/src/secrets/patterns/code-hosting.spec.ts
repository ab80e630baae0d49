import { CODE_HOSTING_PATTERNS } from './code-hosting';
import { describePatterns } from './patterns.contract';
import { hex, lower, text, upper } from './sample-values.contract';

describePatterns('code hosting', CODE_HOSTING_PATTERNS, [
  { kind: 'github-token', value: `ghp_${text(36)}` },
  { kind: 'github-token', value: `gho_${text(36)}` },
  { kind: 'github-token', value: `ghu_${text(36)}` },
  { kind: 'github-token', value: `ghs_${text(36)}` },
  { kind: 'github-token', value: `ghr_${text(36)}` },
  {
    kind: 'github-token',
    line: '"a\\n@"',
    value: `github_pat_${text(82)}`,
    nearMiss: `github_pat_${text(49)}`,
  },
  ...[
    'glpat',
    'gldt',
    'glrt',
    'glptt',
    'glft',
    'glcbt',
    'glsoat',
    'glimt',
    'glagent',
    'glffct',
  ].map((prefix) => ({ kind: 'gitlab-token', value: `${prefix}-${text(20)}` })),
  { kind: 'gitlab-token', value: `GR1348941${text(20)}` },
  { kind: 'bitbucket-token', value: `ATBB${text(28)}` },
  { kind: 'bitbucket-token', value: `ATCTT3${text(150)}` },
  { kind: 'atlassian-token', value: `ATATT3${text(160)}` },
  { kind: 'azure-devops-token', value: `${text(76)}AZDO${text(4)}` },
  {
    kind: 'azure-devops-token',
    line: 'AZURE_DEVOPS_EXT_PAT=@',
    value: lower(52).replace(/[0189]/g, '2'),
  },
  { kind: 'sourcegraph-token', value: `sgp_${hex(16)}_${hex(40)}` },
  { kind: 'sourcegraph-token', value: `slk_${hex(64)}` },
  { kind: 'gitea-token', line: 'GITEA_TOKEN: "@"', value: hex(40) },
  { kind: 'linear-token', value: `lin_api_${text(40)}` },
  { kind: 'trello-token', value: `ATTA${hex(64)}` },
  { kind: 'clickup-token', value: `pk_12345_${upper(32)}` },
]);
