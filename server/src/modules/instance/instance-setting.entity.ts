import type { JsonValue } from '@securescan/contracts';
import { Entity } from 'typeorm';
import { JsonColumn, KeyColumn, TimestampColumn } from '../../database/columns';

/** What this installation remembers about itself, such as that a credential once existed. */
@Entity('instance_settings')
export class InstanceSettingEntity {
  @KeyColumn('key')
  key!: string;

  @JsonColumn('value_json')
  value!: Exclude<JsonValue, null>;

  @TimestampColumn('updated_at')
  updatedAt!: string;
}
