import { Inject, Injectable } from '@nestjs/common';
import { summarise, toScanDocument } from '@securescan/core';
import type { Finding, ScanDocument } from '@securescan/core';
import { productVersion, targetWithinRoot } from '@securescan/host-node';
import type { AdviceCall, GitRepository, ScanProgress, ScanResult } from '@securescan/scan-engine';
import type { ScanPlaces } from '../options/scan-places';
import { Engine } from './engine';
import { engineOrderOf, type LineOrder } from './engine-order';

/** What a scan is about that judges the machine it runs on. */
const THIS_MACHINE = 'this machine';

export interface PlacedOrder extends LineOrder {
  readonly places: ScanPlaces;
  /** What git knows of a tree that is no work tree. */
  readonly repository?: GitRepository;
  /** Of these files alone is told what is found; left out, of all. */
  readonly onlyFiles?: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
  /** Told of each call to a language model. */
  readonly onAdvice: (call: AdviceCall) => void;
}

@Injectable()
export class ScanRunner {
  constructor(@Inject(Engine) private readonly engine: Engine) {}

  /** Scans, and gives what reports are rendered from. Rejects with ScanCancelledError when the signal is aborted. */
  async run(order: PlacedOrder): Promise<ScanDocument> {
    const { places, settings, repository, onlyFiles, signal, onProgress } = order;
    const { target } = places;
    await this.engine.clearLeftovers();
    const whole = await this.engine.scan({
      ...engineOrderOf(order),
      target,
      ...(repository === undefined ? {} : { repository }),
      signal,
      onProgress,
    });
    const { outcomes, summary, notices, ...scanned } = narrowed(whole, onlyFiles);
    const findings = await this.advised(scanned.findings, order);
    return toScanDocument({
      toolVersion: productVersion(),
      target:
        target === null ? (places.url ?? places.host ?? THIS_MACHINE) : targetWithinRoot(target),
      project: target?.project ?? null,
      scanTypes: settings.scanTypes,
      outcomes,
      summary,
      findings,
      notices,
    });
  }

  private async advised(
    findings: readonly Finding[],
    { settings: { advice }, signal, onAdvice }: PlacedOrder,
  ): Promise<readonly Finding[]> {
    if (advice === null) return findings;
    const request = { order: advice, signal, onCall: onAdvice };
    return this.engine.advise(findings, request);
  }
}

function narrowed(result: ScanResult, onlyFiles: ReadonlySet<string> | undefined): ScanResult {
  if (onlyFiles === undefined) return result;
  const isMeant = ({ filePath }: { readonly filePath: string | null }): boolean =>
    filePath !== null && onlyFiles.has(filePath);
  const findings = result.findings.filter(isMeant);
  return {
    ...result,
    findings,
    notices: result.notices.filter(isMeant),
    summary: summarise(findings, result.outcomes),
  };
}
