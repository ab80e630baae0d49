import { UserError } from '../errors';

/** A document that is not what it should be; `what` names the place and what stands there. */
export function refuseImport(what: string): UserError {
  return new UserError(
    'IMPORT_INVALID',
    `The document cannot be imported: ${what}. Send a JSON report of "securescan scan --output json" or a SARIF 2.1.0 log of another tool.`,
  );
}
