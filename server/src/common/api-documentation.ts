import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { ERROR_CODES, type ErrorBody, type ErrorCode } from '@securescan/contracts';
import { NDJSON } from './lines';

export class FieldProblemDto {
  @ApiProperty({ type: 'string' }) loc!: string;
  @ApiProperty({ type: 'string' }) message!: string;
}

export class ErrorDto implements ErrorBody {
  @ApiProperty({ type: 'string', description: 'A sentence for people; it may change.' })
  detail!: string;
  @ApiProperty({ enum: ERROR_CODES, description: 'Stable.' }) code!: ErrorCode;
  @ApiProperty({ type: FieldProblemDto, isArray: true, required: false })
  errors?: FieldProblemDto[];
}

/** Says in one sentence what a route does, and below it what else a caller should know. */
export function Summary(summary: string, description?: string): MethodDecorator {
  return ApiOperation({ summary, ...(description === undefined ? {} : { description }) });
}

/**
 * Documents the failures that are a route's own; those that come with what it asks of its caller, its parameters and its
 * body are added to all routes in one place. All have one shape.
 */
export function ApiErrors(...statuses: readonly number[]): MethodDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({ status, type: ErrorDto, description: 'Refused or failed.' }),
    ),
  );
}

const PAGE_HEADERS = {
  Link: {
    description: 'The next page, as rel="next"; absent on the last.',
    schema: { type: 'string' },
  },
  'X-Total-Count': { description: 'How many there are in all.', schema: { type: 'integer' } },
  'X-Total-Exact': {
    description: 'false where counting stopped before the end.',
    schema: { type: 'boolean' },
  },
} as const;

/** Documents a route that answers one page of a list as a bare array. */
export function ApiPage(item: Type): MethodDecorator {
  return ApiOkResponse({ type: item, isArray: true, headers: PAGE_HEADERS });
}

/** Documents a route that answers one document, in any of these media types. */
export function ApiDocument(mediaTypes: readonly string[]): MethodDecorator {
  const content = mediaTypes.map((mediaType): [string, { schema: { type: string } }] => [
    mediaType,
    { schema: { type: /[/+]json(?:;|$)/.test(mediaType) ? 'object' : 'string' } },
  ]);
  return ApiOkResponse({ content: Object.fromEntries(content) });
}

/** Documents a route that answers a page as `ApiPage`, or the whole list with one item on each line. */
export function ApiPageOrLines(item: Type): MethodDecorator {
  const page = { type: 'array', items: { $ref: getSchemaPath(item) } };
  const lines = { type: 'string', description: 'One item as JSON on each line.' };
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      content: { 'application/json': { schema: page }, [NDJSON]: { schema: lines } },
      headers: PAGE_HEADERS,
    }),
  );
}
