import { OperationalError } from '@securescan/core';

/** The server answered, but not in the language of this API: a proxy's page, another program, another version. */
export class ServerProtocolError extends OperationalError {
  constructor(message: string) {
    super('SERVICE_UNAVAILABLE', message);
  }
}
