import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

const MAX_PROJECT_LENGTH = 4096;

/** Narrows a list to one project. */
export function ProjectFilter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'string',
      minLength: 1,
      maxLength: MAX_PROJECT_LENGTH,
      description: 'Exactly as scans show it.',
    }),
    IsOptional(),
    MaxLength(MAX_PROJECT_LENGTH),
    MinLength(1),
    IsString(),
  );
}
