import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { toBoolean } from '../../../common/query-values';

/** Whether a document lists what is suppressed; it does unless told otherwise. */
export function SuppressedFlag(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'boolean',
      default: true,
      description: 'Whether suppressed findings are listed; they are counted either way.',
    }),
    IsOptional(),
    IsBoolean(),
    Transform(toBoolean),
  );
}
