import { type Framework, UserError } from '@securescan/core';
import { ValidationFailedError } from '../../common/http.errors';

export class FrameworkNotFoundError extends UserError {
  constructor(known: readonly Framework[]) {
    const ids = known.map(({ id }) => id).join(', ');
    super('FRAMEWORK_NOT_FOUND', `There is no framework with this id; there are ${ids}.`);
  }
}

/** A scan has one project and one target, so a question names either it or them. */
export class CoverageSubjectError extends ValidationFailedError {
  constructor() {
    super([
      { loc: 'scan_id', message: 'says already what project and target would; leave these out' },
    ]);
  }
}

export class TargetWithoutProjectError extends ValidationFailedError {
  constructor() {
    super([{ loc: 'project', message: 'must name the project of the target' }]);
  }
}
