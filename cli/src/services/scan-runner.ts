import { relative, sep } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { toScanDocument } from '@securescan/core';
import type { ScanDocument } from '@securescan/core';
import { defaultJournalDirectory, productVersion, sweepRunJournal } from '@securescan/host-node';
import { runScan, SlotScheduler } from '@securescan/scan-engine';
import type { HostPorts, ScanProgress, ScanTarget } from '@securescan/scan-engine';
import { HOST_PORTS } from '../host-ports.token';
import { namedHosts, type ScanPlaces } from '../options/scan-places';
import type { ScanSettings } from '../options/scan-settings';

/** What a scan is about that judges the machine it runs on. */
const THIS_MACHINE = 'this machine';

export interface ScanOrder {
  readonly places: ScanPlaces;
  /** Registry names, or absolute paths. */
  readonly semgrepRules: readonly string[];
  readonly settings: ScanSettings;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
}

@Injectable()
export class ScanRunner {
  constructor(@Inject(HOST_PORTS) private readonly ports: HostPorts) {}

  /** Scans, and gives what reports are rendered from. Rejects with ScanCancelledError when the signal is aborted. */
  async run({
    places,
    semgrepRules,
    settings,
    signal,
    onProgress,
  }: ScanOrder): Promise<ScanDocument> {
    // What an earlier run left when it was killed outright goes before this one begins.
    await sweepRunJournal(defaultJournalDirectory());
    const { target } = places;
    const result = await runScan(
      {
        target,
        scanTypes: settings.scanTypes,
        options: {
          semgrepRules,
          offline: settings.isOffline,
          targetUrl: places.url,
          targetHost: places.host,
          active: settings.isActive,
          history: settings.hasHistory,
          hostProbes: settings.hasHostProbes,
          licenses: settings.licenses,
          tools: { networkTargets: namedHosts(places), ...settings.tools },
        },
        scanners: settings.scanners,
        lane: new SlotScheduler(settings.slots).lane(),
        signal,
      },
      this.ports,
      onProgress,
    );
    return toScanDocument({
      toolVersion: productVersion(),
      target:
        target === null ? (places.url ?? places.host ?? THIS_MACHINE) : targetWithinRoot(target),
      project: target?.project ?? null,
      scanTypes: settings.scanTypes,
      outcomes: result.outcomes,
      summary: result.summary,
      findings: result.findings,
    });
  }
}

/** POSIX and NFC, as every path that leaves the engine; `.` for the root itself. */
function targetWithinRoot({ root, path }: ScanTarget): string {
  const within = relative(root, path);
  return within === '' ? '.' : within.split(sep).join('/').normalize('NFC');
}
