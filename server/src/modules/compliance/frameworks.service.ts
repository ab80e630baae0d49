import { Injectable } from '@nestjs/common';
import { CoverageJudge, type Framework, listFrameworks } from '@securescan/core';
import { loadOwnFrameworks } from '@securescan/host-node';
import { ComplianceConfig } from '../../config/compliance.config';
import { FrameworkNotFoundError } from './compliance.errors';

/** The frameworks of this server, read once: those that ship and the operator's own. */
@Injectable()
export class Frameworks {
  /** The operator's own. */
  readonly own: readonly Framework[];
  readonly judge: CoverageJudge;

  /** @throws UserError CONFIG_INVALID, so that a server with a file that it cannot use does not start. */
  constructor({ directory }: ComplianceConfig) {
    this.own = loadOwnFrameworks(directory);
    this.judge = new CoverageJudge(listFrameworks(this.own));
  }

  get all(): readonly Framework[] {
    return this.judge.frameworks;
  }

  /** @throws FrameworkNotFoundError */
  find(id: string): Framework {
    const framework = this.all.find((known) => known.id === id);
    if (framework === undefined) throw new FrameworkNotFoundError(this.all);
    return framework;
  }
}
