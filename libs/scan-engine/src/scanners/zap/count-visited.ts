import type { ZapClient } from './zap-client';

/** How many addresses the spider got an answer from. One that cannot connect ends like one that found nothing. */
export async function countVisited(
  client: ZapClient,
  scanId: string,
  signal: AbortSignal,
): Promise<number> {
  const answer = await client.ask('spider/view/fullResults', { scanId }, signal);
  const visited = answer
    .field('fullResults')
    .items()
    .flatMap((group) => group.field('urlsInScope').optionalItems());
  return visited.length;
}
