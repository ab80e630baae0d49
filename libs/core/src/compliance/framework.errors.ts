import { UserError } from '../errors';

/** A file of a framework that cannot be used: which, where in it, and what should stand there. */
export class FrameworkInvalidError extends UserError {
  constructor(fileName: string, what: string) {
    super('CONFIG_INVALID', `${fileName}: ${what}.`, { details: { file: fileName } });
  }
}
