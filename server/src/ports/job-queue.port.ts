/** Every kind of job with its payload. A payload holds ids alone: the truth is in the database, a job is a nudge. */
export interface JobMap {
  'scan.run': { readonly scanId: string };
}

export type JobName = keyof JobMap;

export type JobHandler<K extends JobName> = (payload: JobMap[K]) => Promise<void>;

export interface JobOptions {
  /** Jobs of this name that run at the same time; at least 1. */
  readonly concurrency: number;
}

/**
 * Work that outlives the request that asked for it. Each added job is handled at least once while the process lives, in the
 * order of adding as far as the concurrency allows. What a handler throws is logged and touches no other job.
 */
export abstract class JobQueue {
  /** Names the one handler of a kind of job. Jobs that were added before start now. */
  abstract process<K extends JobName>(name: K, handler: JobHandler<K>, options: JobOptions): void;

  /** Resolves once the job is accepted, not when it is done. */
  abstract add<K extends JobName>(name: K, payload: JobMap[K]): Promise<void>;

  /**
   * Starts no further job and waits for the running ones.
   * @returns whether all of them ended within the time.
   */
  abstract drain(timeoutMs: number): Promise<boolean>;
}
