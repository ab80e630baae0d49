import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from './request-context';
import { dashboardPolicy } from './security-headers';

/** The built dashboard's `index.html`, or `null` where it was not built. */
export const DASHBOARD_HTML = Symbol('dashboard html');

const ROOT_ELEMENT = /<app-root(?=[\s>])/;
const OTHER_SURFACES = /^\/(?:api|docs|openapi\.json|health|ready)(?:\/|$)/;
/** The last part of the path has an extension: a file was asked for, and a missing one is missing. */
const FILE = /\.[A-Za-z0-9]+$/;
const NONCE_BYTES = 16;

function makeNonce(): string {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString(
    'base64',
  );
}

/** The one page of the dashboard. Its addresses are its own; the server answers all of them alike. */
@Injectable()
export class DashboardPage {
  constructor(@Inject(DASHBOARD_HTML) private readonly html: string | null) {}

  /** Whether a browser asks for a page, and not a program for a file or an answer of the API. */
  isAskedFor(request: FastifyRequest): boolean {
    const path = pathOf(request.url);
    return (
      this.html !== null &&
      (request.method === 'GET' || request.method === 'HEAD') &&
      (request.headers.accept ?? '').includes('text/html') &&
      !OTHER_SURFACES.test(path) &&
      !FILE.test(path)
    );
  }

  /** Sends the page with a nonce of its own, by which Angular may add the styles of its components. */
  async send(reply: FastifyReply): Promise<void> {
    const nonce = makeNonce();
    const html = (this.html ?? '').replace(ROOT_ELEMENT, `<app-root ngCspNonce="${nonce}"`);
    await reply
      .status(200)
      .header('Content-Security-Policy', dashboardPolicy(nonce))
      .header('Cache-Control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  }
}
