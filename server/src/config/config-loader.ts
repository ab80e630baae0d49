import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { UserError } from '@securescan/core';
import { validateSync } from 'class-validator';
import { AiConfig } from './ai.config';
import { AuthConfig } from './auth.config';
import { AuditConfig } from './audit.config';
import { ComplianceConfig } from './compliance.config';
import { DatabaseConfig } from './database.config';
import { HttpConfig } from './http.config';
import { LogConfig } from './log.config';
import { NotificationsConfig } from './notifications.config';
import { RateLimitConfig } from './rate-limit.config';
import { ScanConfig } from './scan.config';
import { ScannersConfig } from './scanners.config';
import { settingsOf } from './setting';
import type { SettingDeclaration } from './setting';
import { SsoConfig } from './sso.config';
import { TimeConfig } from './time.config';
import { ToolsConfig } from './tools.config';
import { WebhooksConfig } from './webhooks.config';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that the environment decides, read once at start. */
export interface ServerConfig {
  readonly http: HttpConfig;
  readonly auth: AuthConfig;
  readonly sso: SsoConfig;
  readonly rateLimit: RateLimitConfig;
  readonly database: DatabaseConfig;
  readonly scan: ScanConfig;
  readonly scanners: ScannersConfig;
  readonly log: LogConfig;
  readonly time: TimeConfig;
  readonly tools: ToolsConfig;
  readonly audit: AuditConfig;
  readonly ai: AiConfig;
  readonly notifications: NotificationsConfig;
  readonly compliance: ComplianceConfig;
  readonly webhooks: WebhooksConfig;
}

/** Names that are kept for a database server and a message broker, so that setting one is never silently without effect. */
const RESERVED = ['SECURESCAN_DATABASE_URL', 'SECURESCAN_REDIS_URL'];

/**
 * Reads and checks the whole configuration.
 * @throws UserError CONFIG_INVALID that lists every problem at once.
 */
export function loadConfig(environment: Environment = process.env): ServerConfig {
  const reader = new ConfigReader(environment);
  const config: ServerConfig = {
    http: reader.read(HttpConfig),
    auth: reader.read(AuthConfig),
    sso: reader.read(SsoConfig),
    rateLimit: reader.read(RateLimitConfig),
    database: reader.read(DatabaseConfig),
    scan: reader.read(ScanConfig),
    scanners: reader.read(ScannersConfig),
    log: reader.read(LogConfig),
    time: reader.read(TimeConfig),
    tools: reader.read(ToolsConfig),
    audit: reader.read(AuditConfig),
    ai: reader.read(AiConfig),
    notifications: reader.read(NotificationsConfig),
    compliance: reader.read(ComplianceConfig),
    webhooks: reader.read(WebhooksConfig),
  };
  reader.problems.push(...problemsOfSso(config, environment), ...problemsOfAi(config));
  for (const variable of RESERVED) {
    if (reader.textOf(variable) !== null) {
      reader.problems.push(`${variable} is reserved for a later version and must not be set.`);
    }
  }
  throwProblems(reader);
  return config;
}

function problemsOfAi({ ai }: ServerConfig): string[] {
  return ai.baseUrl !== null && ai.model === null
    ? ['SECURESCAN_AI_MODEL must name the model that SECURESCAN_AI_BASE_URL offers.']
    : [];
}

/** Of no effect without a proxy that they speak of. */
const NEED_A_PROXY = [
  'SECURESCAN_SSO_HEADERS',
  'SECURESCAN_SSO_PROXY_SECRET',
  'SECURESCAN_SSO_PROXY_SECRET_FILE',
  'SECURESCAN_SSO_GROUP_SCOPES',
  'SECURESCAN_SSO_LOGOUT_URL',
];

function problemsOfSso({ sso, http }: ServerConfig, environment: Environment): string[] {
  const named = environment['SECURESCAN_SSO_TRUSTED_PROXIES'];
  if (named !== undefined && named.trim() === '') {
    return [
      'SECURESCAN_SSO_TRUSTED_PROXIES is set and names no proxy; name its address or unset it.',
    ];
  }
  if (sso.trustedProxies !== null) {
    return http.publicUrl === null
      ? [
          'SECURESCAN_PUBLIC_URL must be set beside SECURESCAN_SSO_TRUSTED_PROXIES: it tells requests of our own pages from those of others.',
        ]
      : [];
  }
  if (named !== undefined) return [];
  return NEED_A_PROXY.filter((variable) => environment[variable] !== undefined).map(
    (variable) => `${variable} has no effect without SECURESCAN_SSO_TRUSTED_PROXIES; set that too.`,
  );
}

/**
 * Reads and checks one topic, for a command that needs no other.
 * @throws UserError CONFIG_INVALID
 */
export function readConfig<T extends object>(
  configClass: new () => T,
  environment: Environment = process.env,
): T {
  const reader = new ConfigReader(environment);
  const config = reader.read(configClass);
  throwProblems(reader);
  return config;
}

function throwProblems({ problems }: ConfigReader): void {
  if (problems.length === 0) return;
  throw new UserError(
    'CONFIG_INVALID',
    `The configuration is not valid:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    { details: { problems: problems.length } },
  );
}

/** Fills configuration classes and gathers what is wrong with all of them. */
export class ConfigReader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  read<T extends object>(configClass: new () => T): T {
    const config = new configClass();
    const declarations = settingsOf(configClass);
    const unread = new Set<string>();
    for (const declaration of declarations) {
      if (!this.fill(config, declaration)) {
        unread.add(declaration.property);
      }
    }
    for (const failure of validateSync(config, { forbidUnknownValues: false })) {
      const declaration = declarations.find(({ property }) => property === failure.property);
      const reason = Object.values(failure.constraints ?? {})[0];
      if (declaration !== undefined && reason !== undefined && !unread.has(failure.property)) {
        this.report(declaration, reason.replace(`${failure.property} `, ''));
      }
    }
    return config;
  }

  /** A variable's text without the white space around it; null where it is unset or blank. */
  textOf(variable: string): string | null {
    const trimmed = this.environment[variable]?.trim() ?? '';
    return trimmed === '' ? null : trimmed;
  }

  /** Returns whether the property now holds something worth validating. */
  private fill(config: object, declaration: SettingDeclaration): boolean {
    const raw = declaration.isSecret ? this.secretOf(declaration) : this.ownTextOf(declaration);
    if (raw === null) {
      return true;
    }
    const parsed = declaration.parse(raw);
    if ('problem' in parsed) {
      this.report(declaration, parsed.problem);
      return false;
    }
    Reflect.set(config, declaration.property, parsed.value);
    return true;
  }

  private ownTextOf({ variable, hasLowerCase }: SettingDeclaration): string | null {
    return this.textOf(variable) ?? (hasLowerCase ? this.textOf(variable.toLowerCase()) : null);
  }

  private secretOf(declaration: SettingDeclaration): string | null {
    const { variable } = declaration;
    const inline = this.ownTextOf(declaration);
    const file = this.textOf(`${variable}_FILE`);
    if (file === null) {
      return inline;
    }
    if (inline !== null) {
      this.problems.push(`${variable} and ${variable}_FILE are both set; keep one.`);
      return null;
    }
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      // Expected: the file is not there or not ours to read.
      this.problems.push(`${variable}_FILE names a file that cannot be read: ${String(error)}`);
      return null;
    }
  }

  private report(declaration: SettingDeclaration, problem: string): void {
    const { variable, isSecret } = declaration;
    const shown = isSecret ? '' : `"${this.ownTextOf(declaration) ?? ''}" `;
    this.problems.push(`${variable}: ${shown}${problem}.`);
  }
}
