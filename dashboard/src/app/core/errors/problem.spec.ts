import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { ResponseShapeError, toProblem } from './problem';

function answer(status: number, error: unknown): HttpErrorResponse {
  const headers = new HttpHeaders({ 'X-Request-ID': 'r-1' });
  return new HttpErrorResponse({ status, error, headers });
}

describe('toProblem', () => {
  it('shows detail, code, request id and fields of an answer', () => {
    const body = {
      detail: 'The path is outside the allowed roots.',
      code: 'TARGET_NOT_ALLOWED',
      errors: [{ loc: 'target_path', message: 'is not allowed' }],
    };
    expect(toProblem(answer(403, body))).toEqual({
      message: body.detail,
      code: body.code,
      requestId: 'r-1',
      status: 403,
      fields: body.errors,
    });
  });

  it('makes do with an answer that is not ours', () => {
    expect(toProblem(answer(502, '<html>Bad gateway</html>'))).toMatchObject({
      message: 'The server answered with status 502.',
      code: null,
      requestId: 'r-1',
    });
  });

  it('says that nobody answered', () => {
    const silence = new HttpErrorResponse({ status: 0, error: new ProgressEvent('error') });
    expect(toProblem(silence).message).toContain('did not answer');
  });

  it('looks through the wrapper of a resource', () => {
    const wrapped = new TypeError('wrapped', { cause: answer(404, { detail: 'No such scan.' }) });
    expect(toProblem(wrapped)).toMatchObject({ message: 'No such scan.', status: 404 });
  });

  it('names the place of an answer that is not understood', () => {
    expect(toProblem(new ResponseShapeError('scan.status', 'a text')).message).toContain(
      'scan.status',
    );
  });
});
