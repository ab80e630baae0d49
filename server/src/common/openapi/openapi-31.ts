import type { OpenAPIObject } from '@nestjs/swagger';

function toJsonSchema(value: Record<string, unknown>): Record<string, unknown> {
  const { nullable, ...schema } = value;
  if (nullable !== true) return schema;
  if ('allOf' in schema) {
    // The type beside a reference would hold for null too, and the reference refuses it.
    const { type: _ofTheReference, ...reference } = schema;
    return { anyOf: [reference, { type: 'null' }] };
  }
  if (typeof schema['type'] === 'string') {
    const { type, enum: values } = schema;
    // Whoever lists values lists all of them, or `null` is none.
    const list = Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {};
    return { ...schema, ...list, type: [type, 'null'] };
  }
  return { anyOf: [schema, { type: 'null' }] };
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  const converted = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, convert(child)]),
  );
  return toJsonSchema(converted);
}

/** Says `null` the way of OpenAPI 3.1, as a type among others; the generator still says it the way of 3.0. */
export function toOpenApi31(document: OpenAPIObject): OpenAPIObject {
  return { ...(convert(document) as OpenAPIObject), openapi: '3.1.0' };
}
