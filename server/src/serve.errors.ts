import { UserError } from '@securescan/core';

const REASONS = {
  EADDRINUSE: 'another program is using it',
  EACCES: 'this user may not use it',
  EADDRNOTAVAIL: 'this machine does not have that address',
} as const;

export class AddressInUseError extends UserError {
  constructor(host: string, port: number, problem: keyof typeof REASONS) {
    super(
      'ADDRESS_IN_USE',
      `SecureScan cannot listen on ${host}:${port}: ${REASONS[problem]}. Set SECURESCAN_PORT to a free port, or stop the other program.`,
    );
  }
}
