import { Injectable } from '@nestjs/common';
import {
  DEFAULT_SCAN_TYPES,
  SCAN_TYPES,
  type ScanRequestBody,
  type ScanType,
} from '@securescan/contracts';
import { resolveTarget } from '@securescan/host-node';
import type { ScanTarget } from '@securescan/scan-engine';
import { type FieldProblem, ValidationFailedError } from '../../common/http.errors';
import { ScanConfig } from '../../config/scan.config';
import { HostFiles } from '../../ports/host-files.port';
import { ScanEngine } from '../scanners/scan-engine.service';
import { TargetPathPolicy } from './target-path.policy';

/** `p/ci`, `r/python.lang`, `s/team:rule`, or `auto`: names in semgrep's registry. */
const REGISTRY_PACK = /^(?:auto|[prs]\/[\w.:/-]+)$/;

/** A request that may run as it stands. */
export interface AdmittedRequest {
  readonly target: ScanTarget;
  readonly scanTypes: readonly ScanType[];
  /** In registry order, none twice; `null` for all of the types. */
  readonly scanners: readonly string[] | null;
  readonly semgrepRules: readonly string[];
}

/** Turns what a caller asked for into what will be done, or says what is wrong with it. */
@Injectable()
export class ScanRequestPolicy {
  constructor(
    private readonly engine: ScanEngine,
    private readonly paths: TargetPathPolicy,
    private readonly files: HostFiles,
    private readonly config: ScanConfig,
  ) {}

  async admit(request: ScanRequestBody): Promise<AdmittedRequest> {
    const scanners = request.scanners ?? null;
    const scanTypes = this.typesOf(request.scan_types ?? null, scanners);
    const rules = request.semgrep_rules ?? [];
    const given = request.target_path ?? null;
    const problems = [
      ...this.problemsOfSelection(scanTypes, scanners),
      ...this.problemsOfTarget(given),
      ...this.problemsOfRules(rules),
    ];
    if (given === null || problems.length > 0) throw new ValidationFailedError(problems);
    const { path } = await this.paths.admit(given);
    return {
      target: await resolveTarget(path, { cwd: path }),
      scanTypes,
      scanners: scanners === null ? null : this.engine.scannersOf(scanTypes, scanners),
      semgrepRules: rules.length === 0 ? this.config.semgrepRules : await this.admitRules(rules),
    };
  }

  /** Who names scanners alone means their types. */
  private typesOf(
    asked: readonly ScanType[] | null,
    scanners: readonly string[] | null,
  ): readonly ScanType[] {
    if (asked !== null) return SCAN_TYPES.filter((type) => asked.includes(type));
    if (scanners === null) return DEFAULT_SCAN_TYPES;
    return SCAN_TYPES.filter((type) => this.engine.scannersOf([type], scanners).length > 0);
  }

  private problemsOfSelection(
    scanTypes: readonly ScanType[],
    scanners: readonly string[] | null,
  ): FieldProblem[] {
    const ofTypes = this.engine.scannersOf(scanTypes);
    const mistaken = (scanners ?? []).filter((name) => !ofTypes.includes(name));
    if (mistaken.length > 0) return mistaken.map((name) => this.problemOfName(name));
    if (ofTypes.length > 0) return [];
    const served = SCAN_TYPES.filter((type) => this.engine.scannersOf([type]).length > 0);
    const message = `no scanner exists yet for ${scanTypes.join(', ')}; add one of ${served.join(', ')}`;
    return [{ loc: 'scan_types', message }];
  }

  private problemOfName(name: string): FieldProblem {
    const all = this.engine.scannersOf(SCAN_TYPES);
    const message = all.includes(name)
      ? `${name} is of none of the types in scan_types`
      : `there is no scanner ${name}; there are ${all.join(', ')}`;
    return { loc: 'scanners', message };
  }

  private problemsOfTarget(path: string | null): FieldProblem[] {
    if (path === null) {
      return [{ loc: 'target_path', message: 'is needed: name the directory or file to scan' }];
    }
    return this.files.isAbsolute(path)
      ? []
      : [{ loc: 'target_path', message: 'must be an absolute path on the server' }];
  }

  private problemsOfRules(rules: readonly string[]): FieldProblem[] {
    return rules
      .filter((rule) => !REGISTRY_PACK.test(rule) && !this.files.isAbsolute(rule))
      .map((rule) => ({
        loc: 'semgrep_rules',
        message: `${rule} is neither an absolute path nor a registry pack such as p/ci`,
      }));
  }

  private async admitRules(rules: readonly string[]): Promise<string[]> {
    return Promise.all(
      rules.map(async (rule) =>
        REGISTRY_PACK.test(rule) ? rule : (await this.paths.admit(rule)).path,
      ),
    );
  }
}
