import { suppressionOf } from '@securescan/core';
import type { Fields } from '../../../common/fields';
import type { FindingEntity } from '../finding.entity';
import { type FindingRunEntity, RUN_FIELDS, type RunField } from '../finding-run.entity';

export const SUPPRESSED = 'true';

type Row = Fields<FindingEntity>;
type Run = Fields<FindingRunEntity>;

function valuesOf(row: Row): readonly (readonly [RunField, string])[] {
  const values: [RunField, string][] = [
    ['severity', row.severity],
    ['scan_type', row.scanType],
    ['scanner', row.scanner],
    ['rule_id', row.ruleId],
    ...row.complianceTags.map((tag): [RunField, string] => ['compliance', tag]),
    ...row.aliases
      .filter(({ scanner }) => scanner !== row.scanner)
      .map(({ scanner }): [RunField, string] => ['also_reported_by', scanner]),
  ];
  if (row.cwe !== null) values.push(['cwe', row.cwe]);
  if (suppressionOf(row) !== null) values.push(['suppressed', SUPPRESSED]);
  return values;
}

/**
 * The runs of findings of one scan whose numbers follow one another.
 * @param start what the scan's numbers begin with.
 */
export function runsOf(rows: readonly Row[], start: number): Run[] {
  const runs: Run[] = [];
  const latest = new Map(RUN_FIELDS.map((field) => [field, new Map<string, Run>()]));
  for (const row of rows) {
    const position = row.number - start;
    for (const [field, value] of valuesOf(row)) {
      const ofField = latest.get(field);
      const run = ofField?.get(value);
      if (run !== undefined && run.lastPosition >= position - 1) {
        run.lastPosition = position;
        continue;
      }
      const { scanId } = row;
      const begun = { scanId, field, value, lastPosition: position, firstPosition: position };
      ofField?.set(value, begun);
      runs.push(begun);
    }
  }
  return runs;
}
