import { Entity } from 'typeorm';
import { KeyColumn } from '../../database/columns';

/**
 * Two fingerprints that belonged to one finding of some scan, both ways round: of the one that it is listed under, and of another
 * of its reporters. It outlives the scan, as verdicts do.
 */
@Entity('finding_aliases', { withoutRowid: true })
export class FindingAliasEntity {
  @KeyColumn('fingerprint')
  fingerprint!: string;

  @KeyColumn('alias')
  alias!: string;
}
