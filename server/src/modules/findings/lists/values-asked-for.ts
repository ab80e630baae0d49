import type { FindingListQueryDto } from '../dto/finding-list.dto';
import type { RunField } from '../finding-run.entity';

type ValueQuery = Pick<
  FindingListQueryDto,
  'severity' | 'scan_type' | 'scanner' | 'rule_id' | 'cwe' | 'compliance'
>;

/** The fields that a list is narrowed by through their values, each with those that it takes. */
export function valuesAskedFor(query: ValueQuery): (readonly [RunField, readonly string[]])[] {
  const values: readonly (readonly [RunField, string | readonly string[] | undefined])[] = [
    ['severity', query.severity],
    ['scan_type', query.scan_type],
    ['scanner', query.scanner],
    ['rule_id', query.rule_id],
    ['cwe', query.cwe],
    ['compliance', query.compliance],
  ];
  return values.flatMap(([field, wanted]) =>
    wanted === undefined ? [] : [[field, [...new Set([wanted].flat())]] as const],
  );
}
