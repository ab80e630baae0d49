import type { ScanType } from '@securescan/contracts';

const MAX_NAME_CHARACTERS = 64;

/** Names by which one and the same engine reports; ours is the last. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['semgrep-oss', 'semgrep'],
  ['semgrep-pro', 'semgrep'],
]);

const TYPES: ReadonlyMap<string, ScanType> = new Map<string, ScanType>([
  ['checkov', 'iac'],
  ['hadolint', 'iac'],
  ['kics', 'iac'],
  ['terrascan', 'iac'],
  ['tfsec', 'iac'],
  ['grype', 'dependency'],
  ['osv-scanner', 'dependency'],
  ['trivy', 'dependency'],
  ['zap', 'dast'],
]);

/** By a rule's tag: some tools look at more than one kind of thing. */
const TYPES_OF_TAGS: ReadonlyMap<string, ScanType> = new Map<string, ScanType>([
  ['misconfiguration', 'iac'],
  ['vulnerability', 'dependency'],
  ['license', 'dependency'],
  ['secret', 'code'],
]);

/** What these report is a credential and nothing else, and what they show of the source is the credential itself. */
const SECRET_SCANNERS: ReadonlySet<string> = new Set([
  'gitleaks',
  'trufflehog',
  'detect-secrets',
  'ggshield',
  'noseyparker',
  'secretlint',
]);

/** The name by which findings carry a tool: as our own scanners' names are made. Empty where nothing of it is left. */
export function scannerNameOf(toolName: string): string {
  const name = toolName
    .slice(0, MAX_NAME_CHARACTERS * 4)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, MAX_NAME_CHARACTERS)
    .replace(/^-+|-+$/g, '');
  return OTHER_NAMES.get(name) ?? name;
}

/** What kind of scan a finding belongs to, told by the tags of its rule, else by the tool. */
export function scanTypeOf(scanner: string, tags: readonly string[]): ScanType {
  for (const tag of tags) {
    const type = TYPES_OF_TAGS.get(tag.toLowerCase());
    if (type !== undefined) return type;
  }
  return TYPES.get(scanner) ?? 'code';
}

/** Whether what a result shows of the source is a secret, whatever it looks like. */
export function reportsSecret(scanner: string, tags: readonly string[]): boolean {
  return SECRET_SCANNERS.has(scanner) || tags.some((tag) => /^secrets?$/i.test(tag));
}
