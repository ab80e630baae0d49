import { UserError } from '@securescan/core';
import type { Scanner } from '@securescan/scan-engine';

export class ScannerNotFoundError extends UserError {
  constructor() {
    super('SCANNER_NOT_FOUND', 'There is no scanner with this name; the status lists them all.');
  }
}

export class ScannerNotInstallableError extends UserError {
  constructor(scanner: Scanner) {
    super(
      'SCANNER_NOT_INSTALLABLE',
      scanner.kind === 'external'
        ? `${scanner.name} cannot be installed from here. Install it yourself: ${scanner.tool.installHint}`
        : `${scanner.name} is built in; there is nothing to install.`,
    );
  }
}

export class InstallNotAllowedError extends UserError {
  constructor() {
    super(
      'INSTALL_NOT_ALLOWED',
      'This server installs nothing. To let it, set SECURESCAN_ALLOW_INSTALL=1 and restart it.',
    );
  }
}
