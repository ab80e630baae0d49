import { sha256Hex } from '@securescan/core';
import type { Settings } from './inputs';

const DIGITS = 16;

/** Tells the comments of this job from those of every other one on the same pull request; the same on each of its runs. */
export function jobKeyOf({ inputs, runner }: Settings): string {
  const words = inputs.commentKey || [runner.job, inputs.workingDirectory].join('\n');
  return sha256Hex(words).slice(0, DIGITS);
}

/** Stands in every comment of the job: part of the text, seen by nobody. */
export function jobMarker(key: string): string {
  return `<!-- securescan:job:${key} -->`;
}
