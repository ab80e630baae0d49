import { Injectable } from '@nestjs/common';
import {
  DEFAULT_SCAN_TYPES,
  SCAN_TYPES,
  type ScanRequestBody,
  type ScanType,
} from '@securescan/contracts';
import { UserError } from '@securescan/core';
import { loadProjectConfig, resolveTarget, targetWithinRoot } from '@securescan/host-node';
import {
  hostOfUrl,
  problemsOfSubjects,
  type AskedSubjects,
  type ScanTarget,
  type SubjectProblem,
} from '@securescan/scan-engine';
import type { Fields } from '../../common/fields';
import { type FieldProblem, ValidationFailedError } from '../../common/http.errors';
import { ScanConfig } from '../../config/scan.config';
import { HostFiles } from '../../ports/host-files.port';
import { ScanEngine } from '../scanners/scan-engine.service';
import type { ScanEntity } from './scan.entity';
import { THIS_MACHINE } from './scanned-places';
import { NetworkTargetNotAllowedError } from './scans.errors';
import { TargetPathPolicy } from './target-path.policy';

/** `p/ci`, `r/python.lang`, `s/team:rule`, or `auto`: names in semgrep's registry. */
const REGISTRY_PACK = /^(?:auto|[prs]\/[\w.:/-]+)$/;

/** A request that may run as it stands. */
export type AdmittedRequest = Pick<
  Fields<ScanEntity>,
  | 'project'
  | 'targetPath'
  | 'targetInProject'
  | 'targetUrl'
  | 'targetHost'
  | 'scanTypes'
  | 'options'
>;

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
    const scanTypes =
      this.typesNamed(request.scan_types ?? null, scanners) ?? (await this.typesOfProject(request));
    const rules = request.semgrep_rules ?? [];
    const asked = askedOf(request, scanTypes);
    const problems = [
      ...this.problemsOfSelection(scanTypes, scanners),
      ...problemsOfSubjects(asked).map(({ field, message }) => ({ loc: FIELDS[field], message })),
      ...this.problemsOfPath(asked.path),
      ...this.problemsOfRules(rules),
      ...this.problemsOfAdvice(request),
    ];
    if (problems.length > 0) throw new ValidationFailedError(problems);
    const target = await this.admitPath(asked.path);
    const project = target === null ? projectOf(asked) : await nameOfProject(target);
    await this.admitPlaces(asked);
    const { url, host, active, history, hostProbes } = asked;
    return {
      project,
      targetPath: target?.path ?? null,
      targetInProject: target === null ? null : targetWithinRoot(target),
      targetUrl: url,
      targetHost: host,
      scanTypes: [...scanTypes],
      options: {
        scanners: scanners === null ? null : this.engine.scannersOf(scanTypes, scanners),
        semgrepRules: await this.admitRules(rules),
        active,
        history,
        hostProbes,
        ...(request.ai === true ? { ai: true } : {}),
      },
    };
  }

  private problemsOfAdvice({ ai = false }: ScanRequestBody): FieldProblem[] {
    if (!ai || this.engine.canAdvise) return [];
    const message =
      'ai needs a language model: the operator names one by SECURESCAN_AI_BASE_URL, and not beside SECURESCAN_OFFLINE';
    return [{ loc: 'ai', message }];
  }

  private async admitPath(given: string | null): Promise<ScanTarget | null> {
    if (given === null) return null;
    const { path } = await this.paths.admit(given, FIELDS.path);
    return resolveTarget(path, { cwd: path });
  }

  /** Who may have this machine judged is who may have all of it scanned. */
  private async admitPlaces({ url, host, hostProbes }: AskedSubjects): Promise<void> {
    if (hostProbes) await this.paths.admit('/', FIELDS.hostProbes);
    if (url !== null) await this.admitHost(hostOfUrl(url), FIELDS.url);
    if (host !== null) await this.admitHost(host, FIELDS.host);
  }

  private async admitHost(host: string, loc: string): Promise<void> {
    const refusal = await this.engine.refusalOf(host);
    if (refusal !== null) throw new NetworkTargetNotAllowedError(refusal, loc);
  }

  /** Who names scanners alone means their types; `null` where neither is named. */
  private typesNamed(
    asked: readonly ScanType[] | null,
    scanners: readonly string[] | null,
  ): readonly ScanType[] | null {
    if (asked !== null) return SCAN_TYPES.filter((type) => asked.includes(type));
    if (scanners === null) return null;
    return SCAN_TYPES.filter((type) => this.engine.scannersOf([type], scanners).length > 0);
  }

  /** What the project's configuration says comes before our default. */
  private async typesOfProject({ target_path }: ScanRequestBody): Promise<readonly ScanType[]> {
    const target = await this.targetOrNull(target_path ?? null);
    const config = target === null ? null : await loadProjectConfig(target);
    return config?.config.scanTypes ?? DEFAULT_SCAN_TYPES;
  }

  private async targetOrNull(path: string | null): Promise<ScanTarget | null> {
    if (path === null || !this.files.isAbsolute(path)) return null;
    try {
      return await this.admitPath(path);
    } catch (error) {
      // Expected: a path that is not there or not allowed, which is told after all that is wrong with the words.
      if (error instanceof UserError) return null;
      throw error;
    }
  }

  private problemsOfSelection(
    scanTypes: readonly ScanType[],
    scanners: readonly string[] | null,
  ): FieldProblem[] {
    const ofTypes = this.engine.scannersOf(scanTypes);
    return (scanners ?? [])
      .filter((name) => !ofTypes.includes(name))
      .map((name) => this.problemOfName(name));
  }

  private problemOfName(name: string): FieldProblem {
    const all = this.engine.scannersOf(SCAN_TYPES);
    const message = all.includes(name)
      ? `${name} is of none of the types in scan_types`
      : `there is no scanner ${name}; there are ${all.join(', ')}`;
    return { loc: 'scanners', message };
  }

  private problemsOfPath(path: string | null): FieldProblem[] {
    return path === null || this.files.isAbsolute(path)
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

  private async admitRules(rules: readonly string[]): Promise<readonly string[]> {
    if (rules.length === 0) return this.config.semgrepRules;
    return Promise.all(
      rules.map(async (rule) =>
        REGISTRY_PACK.test(rule) ? rule : (await this.paths.admit(rule, 'semgrep_rules')).path,
      ),
    );
  }
}

const FIELDS: Readonly<Record<SubjectProblem['field'], string>> = {
  path: 'target_path',
  url: 'target_url',
  host: 'target_host',
  active: 'active',
  history: 'history',
  hostProbes: 'baseline_host_probes',
};

/** As its configuration calls it, else after its origin. Throws UserError CONFIG_INVALID. */
async function nameOfProject(target: ScanTarget): Promise<string> {
  return (await loadProjectConfig(target))?.config.project ?? target.project;
}

/** Without a tree the place that is scanned is the project (D6). */
function projectOf({ url, host }: AskedSubjects): string {
  if (url !== null) return new URL(url).origin;
  return host ?? THIS_MACHINE;
}

function askedOf(request: ScanRequestBody, scanTypes: readonly ScanType[]): AskedSubjects {
  return {
    scanTypes,
    path: request.target_path ?? null,
    url: request.target_url ?? null,
    host: request.target_host ?? null,
    active: request.active ?? false,
    history: request.history ?? false,
    hostProbes: request.baseline_host_probes ?? false,
  };
}
