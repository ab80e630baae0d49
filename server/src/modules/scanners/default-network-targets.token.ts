/** Hosts and ranges that scans may reach where the operator named none. */
export const DEFAULT_NETWORK_TARGETS = Symbol('default network targets');
