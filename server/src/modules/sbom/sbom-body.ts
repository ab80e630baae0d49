import type { FastifyReply } from 'fastify';
import { type TextStream, toTextBody } from '../../common/text-body';
import type { OpenSbom } from './sbom.service';

/** A bill as a file to keep. */
export function sendSbom(
  reply: FastifyReply,
  { fileName, mediaType, pieces }: OpenSbom,
): TextStream {
  void reply.header('Content-Disposition', `attachment; filename="${fileName}"`);
  return toTextBody(reply, mediaType, pieces);
}
