import { Column, PrimaryColumn } from 'typeorm';
import type { ColumnOptions, ValueTransformer } from 'typeorm';

/*
 * The only place that knows how a kind of value is stored, so that another database needs other lines here and nowhere
 * else. Every column is named in the entity: table and column names are a contract of their own.
 */

interface ColumnTraits {
  readonly nullable?: boolean;
  /** Of rows that are older than the column. */
  readonly default?: number | string;
}

const asJson: ValueTransformer = {
  to: (value: unknown): string | null =>
    value === null || value === undefined ? null : JSON.stringify(value),
  from: (stored: string | null): unknown => (stored === null ? null : JSON.parse(stored)),
};

function column(name: string, options: ColumnOptions, traits: ColumnTraits): PropertyDecorator {
  const initial = traits.default === undefined ? {} : { default: traits.default };
  return Column({ ...options, ...initial, name, nullable: traits.nullable ?? false });
}

/** Part of the primary key, made by us: a UUID, a fingerprint, a name. */
export function KeyColumn(name: string): PropertyDecorator {
  return PrimaryColumn({ name, type: 'text' });
}

/** Part of the primary key: a number that we count ourselves. */
export function SequenceKeyColumn(name: string): PropertyDecorator {
  return PrimaryColumn({ name, type: 'integer' });
}

export function TextColumn(name: string, traits: ColumnTraits = {}): PropertyDecorator {
  return column(name, { type: 'text' }, traits);
}

/** ISO 8601 in UTC with milliseconds and `Z`, so that comparing the texts compares the instants. */
export function TimestampColumn(name: string, traits: ColumnTraits = {}): PropertyDecorator {
  return column(name, { type: 'text' }, traits);
}

export function IntegerColumn(name: string, traits: ColumnTraits = {}): PropertyDecorator {
  return column(name, { type: 'integer' }, traits);
}

export function RealColumn(name: string, traits: ColumnTraits = {}): PropertyDecorator {
  return column(name, { type: 'real' }, traits);
}

export function FlagColumn(name: string): PropertyDecorator {
  return column(name, { type: 'boolean' }, {});
}

/** Bytes, as they are. */
export function BytesColumn(name: string): PropertyDecorator {
  return column(name, { type: 'blob' }, {});
}

/** A JSON document kept as text; the property holds the parsed value. */
export function JsonColumn(name: string, traits: ColumnTraits = {}): PropertyDecorator {
  return column(name, { type: 'text', transformer: asJson }, traits);
}
