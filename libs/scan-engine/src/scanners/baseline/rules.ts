import { compareCodePoints } from '@securescan/core';
import * as accounts from './account-rules';
import * as kernel from './kernel-rules';
import * as machine from './machine-rules';
import * as permissions from './permission-rules';
import type { BaselineRule } from './rule';
import * as ssh from './ssh-rules';
import * as sudo from './sudo-rules';

/** By id: their digest must not depend on how a bundler orders the members of a module. */
export const BASELINE_RULES: readonly BaselineRule[] = [
  accounts,
  kernel,
  machine,
  permissions,
  ssh,
  sudo,
]
  .flatMap((topic): BaselineRule[] => Object.values(topic))
  .sort((a, b) => compareCodePoints(a.id, b.id));
