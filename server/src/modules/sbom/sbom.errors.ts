import { UserError } from '@securescan/core';

export class SbomNotFoundError extends UserError {
  constructor() {
    super('SBOM_NOT_FOUND', 'There is no bill of materials with this id.');
  }
}

export class ScanWithoutSbomError extends UserError {
  constructor() {
    super(
      'SBOM_NOT_FOUND',
      'This scan has no bill of materials: one is made of a tree that is scanned for code, dependency or iac, unless it lists more than 60000 packages.',
    );
  }
}

export class SbomsTooLargeError extends UserError {
  constructor(components: number, most: number) {
    super(
      'SBOMS_TOO_LARGE',
      `Together the two bills list ${String(components)} packages, and ${String(most)} are compared at most.`,
    );
  }
}
