/** The five severities, worst first. The order is the rank: lists, gates and the canonical order all follow it. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];
