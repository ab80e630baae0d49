import type { JsonObject, Severity } from '@securescan/contracts';

/** What one kind of finding says, wherever it is seen. */
export interface DastRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly remediation: string;
  readonly cwe: string;
  readonly references: readonly string[];
}

/** One case of a rule in one answer. */
export interface Observation {
  readonly rule: DastRule;
  /** Name of the header, cookie, directive or resource: with method and path it is the identity (D1). */
  readonly subject: string;
  /** A sentence that ends the description. Never the value of a cookie. */
  readonly detail: string;
  /** Where one case weighs otherwise than the rule. */
  readonly severity?: Severity;
  readonly facts?: JsonObject;
}

/** Something that is wrong with the value of a header. */
export interface Weakness {
  /** The header, or the directive of it. */
  readonly subject: string;
  readonly severity: Severity;
  /** A sentence. */
  readonly detail: string;
}
