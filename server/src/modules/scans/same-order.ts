import type { AdmittedRequest } from './scan-request.policy';

/** Whether two scans would do the same: one that still waits may then serve both callers. */
export function isSameOrder(one: AdmittedRequest, other: AdmittedRequest): boolean {
  return orderOf(one) === orderOf(other);
}

function orderOf(scan: AdmittedRequest): string {
  const { project, targetPath, targetUrl, targetHost, scanTypes, options } = scan;
  const {
    semgrepRules,
    scanners,
    active = false,
    history = false,
    hostProbes = false,
    ai = false,
  } = options;
  return JSON.stringify([
    project,
    targetPath,
    targetUrl,
    targetHost,
    scanTypes,
    semgrepRules,
    scanners,
    [active, history, hostProbes, ai],
  ]);
}
