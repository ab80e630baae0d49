import { applyDecorators, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiResponse } from '@nestjs/swagger';
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

/** Documents the failures of a route. All have one shape. */
export function ApiErrors(...statuses: readonly number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({ status, type: ErrorDto, description: 'Refused or failed.' }),
    ),
  );
}

/** Documents a route that answers one page of a list as a bare array. */
export function ApiPage(item: Type): MethodDecorator & ClassDecorator {
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
    ApiErrors(403, 422),
  );
}
