import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorBody, type ErrorCode } from '@securescan/contracts';

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

/** Documents a route that answers one page of a list as a bare array. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiOkResponse({
      type: item,
      isArray: true,
      headers: {
        Link: {
          description: 'The next page, as rel="next"; absent on the last.',
          schema: { type: 'string' },
        },
        'X-Total-Count': { description: 'How many there are in all.', schema: { type: 'integer' } },
        'X-Total-Exact': {
          description: 'false where counting stopped before the end.',
          schema: { type: 'boolean' },
        },
      },
    }),
  );
}
