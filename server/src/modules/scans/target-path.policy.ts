import { Inject, Injectable } from '@nestjs/common';
import { ScanConfig } from '../../config/scan.config';
import { HostFiles } from '../../ports/host-files.port';
import { AccessMode } from '../instance/access-mode.service';
import { TargetNotAllowedError, TargetNotFoundError } from './scans.errors';

/** Directories that may be scanned where the operator named none and nobody has to be recognised. */
export const DEFAULT_SCAN_ROOTS = Symbol('default scan roots');

export interface AdmittedPath {
  readonly path: string;
  readonly kind: 'directory' | 'file';
}

/** Which paths of this machine may be scanned or shown: those inside the roots, links resolved, compared by segment. */
@Injectable()
export class TargetPathPolicy {
  constructor(
    private readonly config: ScanConfig,
    private readonly files: HostFiles,
    private readonly mode: AccessMode,
    @Inject(DEFAULT_SCAN_ROOTS) private readonly defaults: readonly string[],
  ) {}

  /** With credentials others than this machine's user may ask, so nothing may be scanned until the operator says what. */
  private get named(): string[] {
    const roots = this.config.roots ?? (this.mode.isOpen ? this.defaults : []);
    return roots.map((root) => this.files.normalise(root));
  }

  /** The allowed roots that exist, with links resolved, without repetitions. */
  async roots(): Promise<string[]> {
    const found = await Promise.all(this.named.map((root) => this.files.resolve(root)));
    const paths = found.flatMap((root) => (root?.kind === 'directory' ? [root.path] : []));
    return [...new Set(paths)];
  }

  /**
   * The real path behind a given one; `loc` is the field that gives it.
   * @throws TargetNotAllowedError for whatever lies outside the roots, there or not, so that nobody can ask what exists.
   * @throws TargetNotFoundError for a path inside where nothing readable stands.
   */
  async admit(given: string, loc: string): Promise<AdmittedPath> {
    const [roots, found] = await Promise.all([this.roots(), this.files.resolve(given)]);
    const path = found?.path ?? this.files.normalise(given);
    const places = found === null ? [...roots, ...this.named] : roots;
    if (!places.some((root) => this.files.isInside(path, root))) {
      throw new TargetNotAllowedError(given, loc);
    }
    if (found === null || found.kind === 'other') throw new TargetNotFoundError(given, loc);
    return { path, kind: found.kind };
  }
}
