import type { AuditVerifyWords } from '../grammar/audit';
import { runServerEntry } from './server-entry';

/** `securescan audit verify`: the server's own code reads the database. */
export async function runAuditVerifyCommand({ flags }: AuditVerifyWords): Promise<number> {
  const { expectLast = [], json } = flags;
  return runServerEntry({
    words: [
      'audit',
      'verify',
      ...(json === true ? ['--json'] : []),
      ...expectLast.flatMap((hash) => ['--expect-last', hash]),
    ],
  });
}
