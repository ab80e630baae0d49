import { availableParallelism } from 'node:os';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsAbsolutePath } from './constraints';
import { commaList, flag, pathList, Setting, wholeNumber } from './setting';

export class ScanConfig {
  /** Directories that may be scanned, separated as in PATH. Null: nobody said, the policy of the instance decides. */
  @Setting('SECURESCAN_SCAN_ROOTS', pathList)
  @IsOptional()
  @IsAbsolutePath({ each: true })
  readonly roots: readonly string[] | null = null;

  /** Scanners and readings of all scans together that run at the same time. */
  @Setting('SECURESCAN_SCAN_SLOTS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(256)
  readonly slots: number = availableParallelism();

  /** Scans that run at the same time; the others wait. */
  @Setting('SECURESCAN_SCAN_CONCURRENCY', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(64)
  readonly concurrency: number = 2;

  /** Scans that may wait; what comes beyond is refused. */
  @Setting('SECURESCAN_MAX_QUEUED_SCANS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly maxQueued: number = 1_000;

  /** Rules for semgrep where the request names none: files, directories, registry packs or `auto`, separated by commas. */
  @Setting('SECURESCAN_SEMGREP_RULES', commaList)
  readonly semgrepRules: readonly string[] = [];

  /** Runs every external scanner within bubblewrap; the server does not start where that cannot be done. */
  @Setting('SECURESCAN_SANDBOX', flag)
  readonly sandbox: boolean = false;

  /** Skips whatever would open a connection. */
  @Setting('SECURESCAN_OFFLINE', flag)
  readonly offline: boolean = false;
}
