import { setTimeout as delay } from 'node:timers/promises';

const MOMENT_MS = 20;

/** Between two looks at what is waited for, which wants the processor too. */
export async function aMoment(): Promise<void> {
  await delay(MOMENT_MS);
}

/** Looks every few milliseconds until it is so; the test's own time limit ends what never comes. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await aMoment();
}
