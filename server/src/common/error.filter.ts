import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DashboardPage } from './dashboard-page';
import { type DescribedError, describeError } from './describe-error';
import { pathOf } from './request-context';
import { RouteTable } from './route-table';

/** The one place where a failure becomes an answer. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('request');

  constructor(
    private readonly page: DashboardPage,
    private readonly routes: RouteTable,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const described = this.refine(describeError(error, request.id), request, reply);
    this.log(error, described, request.id);
    if (reply.sent || reply.raw.headersSent) return;
    if (described.body.code === 'ROUTE_NOT_FOUND' && this.page.isAskedFor(request)) {
      await this.page.send(reply);
      return;
    }
    await reply
      .status(described.status)
      .headers(described.headers)
      .header('Cache-Control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(described.body);
  }

  private refine(
    described: DescribedError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): DescribedError {
    if (described.body.code !== 'ROUTE_NOT_FOUND') return described;
    const methods = this.routes.methodsAt(pathOf(request.url));
    if (methods.length === 0 || methods.includes(request.method)) return described;
    void reply.header('Allow', methods.join(', '));
    return describeWrongMethod(request.method, methods);
  }

  private log(error: unknown, { level, body }: DescribedError, requestId: string): void {
    const entry = { err: error, request_id: requestId, code: body.code };
    if (level === 'error') this.logger.error(entry, 'A request met a defect of ours.');
    else if (level === 'warn') this.logger.warn(entry, 'A request failed.');
  }
}

function describeWrongMethod(method: string, methods: readonly string[]): DescribedError {
  return {
    status: 405,
    body: {
      detail: `This address answers ${methods.join(', ')}, and not ${method}.`,
      code: 'METHOD_NOT_ALLOWED',
    },
    level: 'debug',
    headers: {},
  };
}
