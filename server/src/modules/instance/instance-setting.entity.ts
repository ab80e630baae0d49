import { Entity } from 'typeorm';
import { JsonColumn, KeyColumn, TimestampColumn } from '../../database/columns';

/** What this installation remembers about itself, such as that a credential once existed. */
@Entity('instance_settings')
export class InstanceSettingEntity {
  @KeyColumn('key')
  key!: string;

  /** Any JSON value but null; whoever owns the key checks what it holds. */
  @JsonColumn('value_json')
  value!: unknown;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
