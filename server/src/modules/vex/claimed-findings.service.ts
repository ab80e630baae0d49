import { Injectable } from '@nestjs/common';
import type { ScanBody } from '@securescan/contracts';
import type { ClaimIndex, ClaimMatch } from '@securescan/core';
import { FindingListQueryDto } from '../findings/dto/finding-list.dto';
import { FindingsService } from '../findings/findings.service';
import { ScanListQueryDto } from '../scans/dto/scan-list.dto';
import { ScansService } from '../scans/scans.service';

/** Completed scans, newest first, that are looked at for the newest of each kind. */
const SCANS_LOOKED_AT = 200;
const MAX_FINDINGS = 200_000;

/** The findings that a document says something about. */
export interface ClaimedFindings {
  /** By fingerprint. */
  readonly matches: ReadonlyMap<string, ClaimMatch>;
  readonly scansConsidered: number;
  readonly isComplete: boolean;
}

/** Finds what statements of others are about among what the newest scans found. */
@Injectable()
export class ClaimedFindingsService {
  constructor(
    private readonly scans: ScansService,
    private readonly findings: FindingsService,
  ) {}

  /** @param project `null` for those of all projects. */
  async of(index: ClaimIndex, project: string | null): Promise<ClaimedFindings> {
    const { scans, isComplete } = await this.current(project);
    const matches = new Map<string, ClaimMatch>();
    const query = Object.assign(new FindingListQueryDto(), { scan_type: ['dependency'] });
    let left = MAX_FINDINGS;
    for (const { id } of scans) {
      for await (const some of this.findings.matching(await this.scans.listed(id), query)) {
        left -= some.length;
        if (left < 0) break;
        for (const finding of some) {
          const match = index.match(finding);
          if (match !== null) matches.set(finding.fingerprint, match);
        }
      }
    }
    return { matches, scansConsidered: scans.length, isComplete: isComplete && left >= 0 };
  }

  /** The newest scan of each target and each tool whose documents were imported, where it looked at dependencies. */
  private async current(
    project: string | null,
  ): Promise<{ readonly scans: ScanBody[]; readonly isComplete: boolean }> {
    const query = Object.assign(new ScanListQueryDto(), {
      status: 'completed',
      limit: SCANS_LOOKED_AT,
      ...(project === null ? {} : { project }),
    });
    const { items, nextCursor } = await this.scans.page(query);
    const newest = new Map<string, ScanBody>();
    for (const scan of items) {
      const key = kindOf(scan);
      if (scan.scan_types.includes('dependency') && !newest.has(key)) newest.set(key, scan);
    }
    return { scans: [...newest.values()], isComplete: nextCursor === null };
  }
}

function kindOf({ project, origin, target_path: target, imported }: ScanBody): string {
  const tools = imported === null ? [] : imported.tools.map(({ scanner }) => scanner);
  return JSON.stringify([project, origin, target, tools]);
}
