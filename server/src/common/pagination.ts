import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { MAX_CURSOR_LENGTH } from './cursor';
import { pathOf } from './request-context';

export const DEFAULT_PAGE_SIZE = 100;
export const MAX_PAGE_SIZE = 200;
/** Counting further would cost more than the number is worth. */
export const EXACT_TOTAL_LIMIT = 10_000;
/** One more than is told exactly: whoever counts this far knows whether there are more. */
export const COUNT_LIMIT = EXACT_TOTAL_LIMIT + 1;

/** What to tell of a count that went no further than `COUNT_LIMIT`. */
export function totalOf(count: number): { readonly count: number; readonly isExact: boolean } {
  return { count: Math.min(count, EXACT_TOTAL_LIMIT), isExact: count <= EXACT_TOTAL_LIMIT };
}

/** The query is text: digits become a number here, everything else stays and fails the check. */
export function digitsToNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

export class PageQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
  })
  @IsOptional()
  @Max(MAX_PAGE_SIZE)
  @Min(1)
  @IsInt()
  @Transform(({ value }) => digitsToNumber(value))
  limit: number = DEFAULT_PAGE_SIZE;

  @ApiPropertyOptional({
    type: 'string',
    maxLength: MAX_CURSOR_LENGTH,
    description: 'Taken from the Link header of the page before.',
  })
  @IsOptional()
  @MaxLength(MAX_CURSOR_LENGTH)
  @IsString()
  cursor?: string;
}

/** One page of a list; `PageInterceptor` sends its items as a bare array and the rest as headers. */
export class Page<T> {
  constructor(
    readonly items: readonly T[],
    readonly nextCursor: string | null,
    readonly total: { readonly count: number; readonly isExact: boolean },
  ) {}
}

function nextLink(url: string, cursor: string): string {
  const query = new URLSearchParams(url.slice(pathOf(url).length + 1));
  query.set('cursor', cursor);
  return `<${pathOf(url)}?${query.toString()}>; rel="next"`;
}

@Injectable()
export class PageInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((result): unknown => {
        if (!(result instanceof Page)) return result;
        void reply.header('X-Total-Count', String(result.total.count));
        void reply.header('X-Total-Exact', String(result.total.isExact));
        if (result.nextCursor !== null)
          void reply.header('Link', nextLink(request.url, result.nextCursor));
        return result.items;
      }),
    );
  }
}
