import { HttpErrorResponse, type HttpInterceptorFn, type HttpRequest } from '@angular/common/http';
import { DOCUMENT, inject } from '@angular/core';
import { tap } from 'rxjs';
import { API } from '../api/routes';
import { toProblem } from '../errors/problem';
import { API_KEY_HEADER, CSRF_HEADER } from './headers';
import { KeyStore } from './key-store';
import { SessionStore } from './session-store';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets requests to our own API, and to nothing else, say who is calling; reports the answer that says that it is over. */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  // The session's own requests bring the key that they are about, and judge the answer themselves.
  if (request.url === API.session || !isOwnApi(request.url, inject(DOCUMENT).baseURI)) {
    return next(request);
  }
  const session = inject(SessionStore);
  const key = inject(KeyStore).key();
  return next(signed(request, key)).pipe(
    tap({
      error: (error: unknown) => {
        if (!(error instanceof HttpErrorResponse) || error.status !== 401) return;
        session.end(toProblem(error), key);
      },
    }),
  );
};

function signed(request: HttpRequest<unknown>, key: string | null): HttpRequest<unknown> {
  const setHeaders: Record<string, string> = {};
  if (key !== null) setHeaders[API_KEY_HEADER] = key;
  if (!SAFE_METHODS.has(request.method)) setHeaders[CSRF_HEADER] = '1';
  return request.clone({ setHeaders });
}

/** Decided by the address as the browser will resolve it, not by how it is written. */
function isOwnApi(url: string, base: string): boolean {
  const { origin, pathname } = new URL(url, base);
  return origin === new URL(base).origin && pathname.startsWith('/api/');
}
