export * from './errors';
export * from './baseline/apply-baseline';
export * from './baseline/baseline';
export * from './baseline/snapshot';
export * from './diff/diff-findings';
export * from './diff/moved-places';
export * from './diff/scanner-coverage';
export * from './compliance/compliance-tags';
export * from './compliance/coverage';
export type { Control, Framework } from './compliance/framework';
export * from './compliance/framework.errors';
export * from './compliance/frameworks';
export { MAX_FRAMEWORK_BYTES } from './compliance/read-framework';
export { SCANNER_REACH } from './compliance/scanner-reach';
export * from './config/project-config';
export * from './import/assemble-import';
export * from './import/imported-document';
export * from './import/read-import';
export * from './json/json-reader';
export * from './json/untyped';
export * from './config/project-config.errors';
export { sentenceOfIssue } from './config/config-issue';
export type { ConfigIssue, ConfigLevel, ConfigPlace } from './config/config-issue';
export type { IgnoredRule } from './config/ignored-rules';
export { NO_LICENSE_POLICY, type LicensePolicy } from './config/license-policy';
export * from './config/starter-config';
export { adviceOn, type Advice } from './model/advice';
export * from './model/finding';
export * from './model/outcome';
export * from './model/summary';
export * from './model/suppression';
export * from './order/compare-code-points';
export * from './order/canonical-order';
export { SBOM_RENDERERS, type SbomRenderer } from './sbom/formats';
export type { FoundLockfile, ListedPackage } from './sbom/inventory';
export type { LockfileReader, PackageHash } from './sbom/locked-package';
export { hashOf } from './sbom/lockfiles/integrity';
export { pypiName } from './sbom/pypi-name';
export { LOCKFILE_READERS } from './sbom/lockfiles/readers';
export { diffSboms, type SbomDifference } from './sbom/sbom-diff';
export {
  contentUuid,
  toSbomDocument,
  type SbomDocument,
  type SbomFacts,
} from './sbom/sbom-document';
export * from './secrets/find-secrets';
export * from './secrets/redact';
export * from './secrets/secret-pattern';
export { SECRET_PATTERNS } from './secrets/secret-patterns';
export { isFalsePositive as isFalsePositiveSecret } from './secrets/false-positive';
export * from './severity/risk-score';
export * from './severity/severity-rank';
export * from './fingerprint/fingerprint';
export * from './fingerprint/line-context';
export * from './fingerprint/normalise-cwe';
export * from './fingerprint/occurrence';
export * from './fingerprint/sha256';
export * from './model/wire';
export * from './order/sorted-json';
export * from './pipeline/assemble-findings';
export * from './policy/pending-policy';
export * from './policy/scan-policy';
export { originalSeverityOf } from './policy/override-severity';
export * from './pipeline/snippet';
export * from './pipeline/summarise';
export { readScanReport } from './report/read-scan-report';
export * from './render/diff-document';
export * from './render/document';
export * from './render/escape-controls';
export * from './render/formats';
export {
  isCommitId,
  isRepositoryName,
  isServerUrl,
  type GitHubPlace,
} from './render/github/github-place';
export * from './render/github/review-request';
export { reviewableLines, type LineRange } from './render/github/reviewable-lines';
export * from './render/json';
export { codeSpan } from './render/markdown-text';
export { CONTENT_POLICY as HTML_CONTENT_POLICY } from './render/html/style';
export * from './render/registry';
export * from './render/sarif/sarif';
export { SARIF_LIMITS, type SarifLimits } from './render/sarif/limits';
export * from './render/text';
export { PLAIN_PALETTE, type Palette, type TextStyle } from './render/text-parts';
export { hasComments } from './suppression/comments';
export * from './suppression/read-directives';
export { ruleOwners } from './suppression/rule-owners';
export type { SuppressionNotice } from './suppression/suppression-notice';
export { VEX_RENDERERS, type VexRenderer } from './vex/formats';
export { VexStatements, type VexVerdict } from './vex/vex-document';
export { ClaimIndex, type ClaimMatch } from './vex/claim-index';
export { readVex } from './vex/read-vex';
export { refuseVex, type VexClaim, type VexSource } from './vex/vex-claims';
export { renderWebhookMessage, webhookFormatOf } from './webhooks/formats';
export { genericMessage } from './webhooks/message';
export {
  CUSTOM_HEADER_LIMITS,
  deliveryHeaders,
  problemOfCustomHeader,
  type DeliveryAttempt,
} from './webhooks/request-headers';
export * from './webhooks/retry-policy';
export { webhookSecret } from './webhooks/signature';
