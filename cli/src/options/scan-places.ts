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

/** What a line names, before anybody has looked. */
export interface NamedPlaces {
  readonly path: string | null;
  readonly url: string | null;
  readonly host: string | null;
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
 * What the line's argument and flags name. In place of a path the argument may be a URL, or, where flags or environment let
 * nothing but the network be scanned, a host.
 */
export function namePlaces(
  argument: string | null,
  {
    targetUrl,
    targetHost,
    scanTypes,
  }: Pick<ScanSettings, 'targetUrl' | 'targetHost' | 'scanTypes'>,
): NamedPlaces {
  const places = { path: argument, url: targetUrl, host: targetHost };
  if (argument === null) return places;
  if (targetUrl === null && /^https?:\/\//iu.test(argument)) {
    return { ...places, path: null, url: argument };
  }
  const isHost = targetHost === null && scanTypes.length > 0 && scanTypes.every(isNetwork);
  return isHost ? { ...places, path: null, host: argument } : places;
}

/** What is wrong with the places for a scan of this kind, without looking at them. */
export function problemsOfPlaces(
  { path, url, host }: NamedPlaces,
  { scanTypes, isActive, hasHistory, hasHostProbes }: ScanSettings,
): string[] {
  return problemsOfSubjects({
    scanTypes,
    path,
    url,
    host,
    active: isActive,
    history: hasHistory,
    hostProbes: hasHostProbes,
  }).map(({ field, message }) => `${FLAGS[field]} ${message}.`);
}

/** The target that a path stands for, `null` for no path, or what is wrong with it as a text. */
export async function findTarget(
  path: string | null,
  cwd: string,
): Promise<ScanTarget | string | null> {
  if (path === null) return null;
  try {
    return await resolveTarget(path, { cwd });
  } catch (error) {
    // Expected: TARGET_NOT_FOUND, one problem of possibly several.
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Hosts that the line itself names: whoever types them means them. */
export function namedHosts({ url, host }: Pick<ScanPlaces, 'url' | 'host'>): string[] {
  return [...(url === null ? [] : [hostOfUrl(url)]), ...(host === null ? [] : [host])];
}

function isNetwork(type: ScanType): boolean {
  return type === 'network';
}
