import type { ScanType } from '@securescan/contracts';
import { UserError } from '@securescan/core';
import { resolveTarget } from '@securescan/host-node';
import { hostOfUrl, problemsOfSubjects } from '@securescan/scan-engine';
import type { ScanTarget, SubjectProblem } from '@securescan/scan-engine';
import type { ScanSettings } from './scan-settings';

/** Where a scan looks, once all of it is known to be there. */
export interface ScanPlaces {
  readonly target: ScanTarget | null;
  readonly url: string | null;
  readonly host: string | null;
}

export interface PlacesReading {
  readonly places: ScanPlaces;
  /** Empty when the places can be scanned. */
  readonly problems: readonly string[];
}

const FLAGS: Readonly<Record<SubjectProblem['field'], string>> = {
  path: 'The path',
  url: '--target-url',
  host: '--target-host',
  active: '--active',
  history: '--history',
  hostProbes: '--baseline-host-probes',
};

/**
 * Finds out what the line's argument and flags name. In place of a path the argument may be a URL, or, where nothing but the
 * network is scanned, a host.
 */
export async function readPlaces(
  argument: string | null,
  settings: ScanSettings,
  cwd: string,
): Promise<PlacesReading> {
  const named = placesOf(argument, settings);
  const problems = problemsOfSubjects({
    scanTypes: settings.scanTypes,
    path: named.path,
    url: named.url,
    host: named.host,
    active: settings.isActive,
    history: settings.hasHistory,
    hostProbes: settings.hasHostProbes,
  }).map(({ field, message }) => `${FLAGS[field]} ${message}.`);
  const { url, host } = named;
  if (named.path === null) return { places: { target: null, url, host }, problems };
  const target = await targetOrProblem(named.path, cwd);
  return typeof target === 'string'
    ? { places: { target: null, url, host }, problems: [target, ...problems] }
    : { places: { target, url, host }, problems };
}

/** Hosts that the line itself names: whoever types them means them. */
export function namedHosts({ url, host }: ScanPlaces): string[] {
  return [...(url === null ? [] : [hostOfUrl(url)]), ...(host === null ? [] : [host])];
}

function placesOf(
  argument: string | null,
  { targetUrl, targetHost, scanTypes }: ScanSettings,
): { path: string | null; url: string | null; host: string | null } {
  const places = { path: argument, url: targetUrl, host: targetHost };
  if (argument === null) return places;
  if (targetUrl === null && /^https?:\/\//iu.test(argument)) {
    return { ...places, path: null, url: argument };
  }
  const isHost = targetHost === null && scanTypes.length > 0 && scanTypes.every(isNetwork);
  return isHost ? { ...places, path: null, host: argument } : places;
}

function isNetwork(type: ScanType): boolean {
  return type === 'network';
}

async function targetOrProblem(path: string, cwd: string): Promise<ScanTarget | string> {
  try {
    return await resolveTarget(path, { cwd });
  } catch (error) {
    // Expected: TARGET_NOT_FOUND, one problem of possibly several.
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
