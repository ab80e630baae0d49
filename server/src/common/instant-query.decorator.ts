import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, Matches } from 'class-validator';

const STORED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const GIVEN = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;
const RULE = {
  message: '$property must be a date or a date-time with its zone, such as 2026-11-01T08:00:00Z',
};

/** The way in which timestamps are stored, so that they compare as texts; what is no instant stays and fails the check. */
function toStored(value: unknown): unknown {
  if (typeof value !== 'string' || !GIVEN.test(value)) return value;
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? value : instant.toISOString();
}

function described(description: string): { type: 'string'; format: string; description: string } {
  const forms = 'ISO 8601 with its zone, or a date, which is its beginning in UTC.';
  return { type: 'string', format: 'date-time', description: `${description} ${forms}` };
}

function asStored(): PropertyDecorator {
  return applyDecorators(
    Matches(STORED, RULE),
    Transform(({ value }: { value: unknown }) => toStored(value)),
  );
}

/** A point in time in a query. The property holds it as timestamps are stored. */
export function InstantQuery(description: string): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional(described(description)), IsOptional(), asStored());
}

/** A point in time that a body must have. The property holds it as timestamps are stored. */
export function Instant(description: string): PropertyDecorator {
  return applyDecorators(ApiProperty(described(description)), asStored());
}
