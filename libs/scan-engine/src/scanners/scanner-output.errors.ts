import { OperationalError } from '@securescan/core';

/** A tool wrote something that is not its own format: nothing of it is trusted. */
export class ScannerOutputError extends OperationalError {
  constructor(tool: string, what: string) {
    super('TOOL_OUTPUT_INVALID', `The output of ${tool} cannot be read: ${what}.`);
  }
}
