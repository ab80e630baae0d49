import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';

/** A list from the given page to its last one, along the links that the server gives. */
export async function* everyPage(
  app: NestFastifyApplication,
  url: string,
): AsyncGenerator<LightMyRequestResponse> {
  let next: string | undefined = url;
  while (next !== undefined) {
    const answer: LightMyRequestResponse = await app.inject(next);
    expect([next, answer.statusCode]).toEqual([next, 200]);
    yield answer;
    next = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1];
  }
}
