/**
 * Rules of different scanners that report one and the same defect although their CWE differs or is missing. Each row is a
 * set of `scanner:rule`; only pairs that always mean the same belong here.
 */
const EQUIVALENT_RULES: readonly (readonly string[])[] = [
  [
    'secrets:secrets/generic-secret',
    'bandit:B105',
    'bandit:B106',
    'bandit:B107',
    'semgrep:securescan.python.hardcoded-secret-key',
  ],
  ['bandit:B201', 'semgrep:securescan.python.flask-debug-mode'],
  ['bandit:B311', 'semgrep:securescan.python.insecure-random-token'],
  ['bandit:B324', 'semgrep:securescan.python.weak-hash'],
  ['bandit:B506', 'semgrep:securescan.python.yaml-unsafe-load'],
  ['dockerfile:dockerfile/DL001', 'checkov:CKV_DOCKER_7', 'trivy:DS001', 'trivy:DS-0001'],
  ['dockerfile:dockerfile/DL002', 'checkov:CKV_DOCKER_8', 'trivy:DS002', 'trivy:DS-0002'],
  ['dockerfile:dockerfile/DL004', 'trivy:DS029', 'trivy:DS-0029'],
  ['dockerfile:dockerfile/DL005', 'checkov:CKV_DOCKER_1', 'trivy:DS004', 'trivy:DS-0004'],
  ['dockerfile:dockerfile/DL006', 'checkov:CKV_DOCKER_4', 'trivy:DS005', 'trivy:DS-0005'],
  ['dockerfile:dockerfile/DL010', 'checkov:CKV_DOCKER_3'],
  ['dockerfile:dockerfile/DL011', 'checkov:CKV2_DOCKER_1', 'trivy:DS010', 'trivy:DS-0010'],
  [
    'dockerfile:dockerfile/DL012',
    'checkov:CKV2_DOCKER_2',
    'checkov:CKV2_DOCKER_3',
    'checkov:CKV2_DOCKER_4',
    'checkov:CKV2_DOCKER_13',
    'checkov:CKV2_DOCKER_15',
  ],
  [
    'dockerfile:dockerfile/DL013',
    'checkov:CKV2_DOCKER_5',
    'checkov:CKV2_DOCKER_6',
    'checkov:CKV2_DOCKER_12',
    'checkov:CKV2_DOCKER_14',
    'checkov:CKV2_DOCKER_16',
  ],
  [
    'dockerfile:dockerfile/DL014',
    'checkov:CKV2_DOCKER_7',
    'checkov:CKV2_DOCKER_8',
    'checkov:CKV2_DOCKER_9',
    'checkov:CKV2_DOCKER_10',
    'checkov:CKV2_DOCKER_11',
  ],
  ['dockerfile:dockerfile/DL016', 'checkov:CKV2_DOCKER_17'],
];

const ROW_BY_RULE: ReadonlyMap<string, number> = new Map(
  EQUIVALENT_RULES.flatMap((row, index) => row.map((rule) => [rule, index] as const)),
);

/** The number of the row that a rule stands in; rules of one row are one defect. `null` for most rules. */
export function equivalenceClass(scanner: string, ruleId: string): number | null {
  return ROW_BY_RULE.get(`${scanner}:${ruleId}`) ?? null;
}
