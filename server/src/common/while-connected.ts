import type { FastifyReply } from 'fastify';

/** Aborted when the caller has left, or has his answer: what is still being made for him then is made for nobody. */
export function whileConnected(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    controller.abort();
  });
  return controller.signal;
}
