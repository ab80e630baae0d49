import type { VerdictReason } from '@securescan/contracts';
import type { VexStatement, VexVerdict } from './vex-document';

/** Said where whoever decided gave a reason and wrote nothing. */
const IMPACTS: Readonly<Record<VerdictReason, string>> = {
  component_not_present: 'The component is not part of the product.',
  code_not_present: 'The vulnerable code is not part of the product.',
  code_not_reachable: 'The product never runs the vulnerable code.',
  requires_configuration: 'The product is not configured in the way that the vulnerability needs.',
  requires_environment: 'The product does not run in the environment that the vulnerability needs.',
  protected_at_runtime: 'The product is protected where it runs.',
  protected_at_perimeter: 'The product is protected at the perimeter of its network.',
  protected_by_control: 'Another control of the product protects it.',
};
const FALSE_POSITIVE =
  'It was looked at, and the report that the product is affected was found to be wrong.';

/** Why the product is not affected: as was written, or else no more than was decided. */
export function impactOf(verdict: VexVerdict | null): string {
  const note = writtenBy(verdict);
  if (note !== null) return note;
  const reason = verdict?.reason ?? null;
  return reason === null ? FALSE_POSITIVE : IMPACTS[reason];
}

/** What is done about it: as was written, or else no more than was decided. */
export function actionOf({ verdict, remediation }: VexStatement): string {
  const note = writtenBy(verdict);
  if (note !== null) return note;
  const advice = remediation === null ? '' : ` ${remediation}`;
  switch (verdict?.status) {
    case 'accepted_risk':
      return `The risk is accepted; no change is planned.${advice}`;
    case 'wont_fix':
      return `It will not be fixed.${advice}`;
    default:
      return `It is to be dealt with.${advice}`;
  }
}

/** What whoever decided wrote; `null` for nothing. */
export function writtenBy(verdict: VexVerdict | null): string | null {
  const note = verdict?.note ?? '';
  return note.trim() === '' ? null : note;
}
