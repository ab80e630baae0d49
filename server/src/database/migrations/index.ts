import type { MigrationInterface } from 'typeorm';

/** Every migration in the order of running. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [];
