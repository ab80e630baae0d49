import { policyOf, EMPTY_CONFIG, type Finding } from '@securescan/core';
import { SlotScheduler } from '@securescan/scan-engine';
import { namedHosts, type ScanPlaces } from '../options/scan-places';
import type { ScanSettings } from '../options/scan-settings';
import type { ScanOrder } from './engine';

/** What a line asks for, once every word of it has a meaning. */
export interface LineOrder {
  readonly settings: ScanSettings;
  readonly places: Pick<ScanPlaces, 'url' | 'host'>;
  /** Registry names, or absolute paths. */
  readonly semgrepRules: readonly string[];
  /** What is known and suppressed. */
  readonly baseline: readonly Finding[];
  /** The day of the scan in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** How the engine is to scan: everything but what, and who watches. */
export function engineOrderOf({
  settings,
  places,
  semgrepRules,
  baseline,
  today,
}: LineOrder): Pick<ScanOrder, 'scanTypes' | 'scanners' | 'options' | 'policy' | 'slots'> {
  const { severityOverrides, ignoredRules, isSuppressing } = settings;
  return {
    scanTypes: settings.scanTypes,
    scanners: settings.scanners,
    options: {
      semgrepRules,
      offline: settings.isOffline,
      targetUrl: places.url,
      targetHost: places.host,
      active: settings.isActive,
      history: settings.hasHistory,
      hostProbes: settings.hasHostProbes,
      licenses: settings.licenses,
      frameworks: settings.frameworks,
      tools: { networkTargets: namedHosts(places), ...settings.tools },
    },
    policy: policyOf(
      { ...EMPTY_CONFIG, severityOverrides, ignoredRules },
      { baseline, isSuppressing, today },
    ),
    slots: new SlotScheduler(settings.slots),
  };
}

/** The day on which something is scanned, as suppressions that end are judged by. */
export function dayOf(fakeNow: Date | null): string {
  return (fakeNow ?? new Date()).toISOString().slice(0, 10);
}
