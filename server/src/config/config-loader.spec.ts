import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UserError } from '@securescan/core';
import { IsNotEmpty } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { ConfigReader, loadConfig } from './config-loader';
import { Setting, text } from './setting';

function problemsOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    // Expected in every call: the refusal is what the test reads.
    if (error instanceof UserError && error.code === 'CONFIG_INVALID') {
      return error.message;
    }
    throw error;
  }
  return '';
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      http: {
        host: '127.0.0.1',
        port: 8000,
        corsOrigins: [],
        publicUrl: null,
        eventStreams: 2000,
        eventStreamsPerCaller: 200,
      },
      auth: {
        apiKey: null,
        required: false,
        eventTokenSecret: null,
        secretKey: null,
        failuresPerMinute: 30,
      },
      sso: {
        trustedProxies: null,
        headers: 'x-forwarded',
        proxySecret: null,
        groupScopes: new Map([['*', ['read']]]),
        logoutUrl: null,
      },
      rateLimit: { enabled: true, perMinute: 60, burst: 10 },
      database: { path: join(homedir(), '.securescan', 'scans.db') },
      scan: {
        roots: null,
        slots: availableParallelism(),
        concurrency: 2,
        maxQueued: 1000,
        semgrepRules: [],
        offline: false,
        sandbox: false,
      },
      scanners: {
        networkTargets: null,
        zapAddress: 'http://127.0.0.1:8090',
        zapApiKey: null,
        nmapArguments: [],
        npmRegistry: null,
        trivyCache: join(homedir(), '.securescan', 'cache', 'trivy'),
        trivySkipDbUpdate: false,
        safetyDatabase: null,
        safetyApiKey: null,
      },
      log: { level: 'info', format: 'text' },
      time: { fakeNow: null },
      tools: { allowInstall: false, chromium: '' },
      audit: { retentionDays: null },
      ai: { baseUrl: null, model: null, apiKey: null, maxCalls: 20 },
      notifications: { keepDays: 180, readKeepDays: 30 },
      compliance: { directory: null },
      webhooks: {
        allowedRanges: [],
        httpsProxy: null,
        httpProxy: null,
        noProxy: '',
        keepDays: 30,
      },
    });
  });

  it('reads every variable', () => {
    const config = loadConfig({
      SECURESCAN_HOST: '::1',
      SECURESCAN_PORT: '0',
      SECURESCAN_CORS_ORIGINS: 'https://a.example.com, http://localhost:4200,',
      SECURESCAN_PUBLIC_URL: 'https://scan.example.com/',
      SECURESCAN_EVENT_STREAMS: '500',
      SECURESCAN_EVENT_STREAMS_PER_CALLER: '5',
      SECURESCAN_API_KEY: ' a key of mine ',
      SECURESCAN_AUTH_REQUIRED: 'Yes',
      SECURESCAN_EVENT_TOKEN_SECRET: 'sixteen characters',
      SECURESCAN_SECRET_KEY: 'as many as thirty-two characters',
      SECURESCAN_AUTH_FAILURES_PER_MIN: '5',
      SECURESCAN_SSO_TRUSTED_PROXIES: '10.1.0.0/16, ::1',
      SECURESCAN_SSO_HEADERS: 'X-Auth-Request',
      SECURESCAN_SSO_PROXY_SECRET: 'between us and it',
      SECURESCAN_SSO_GROUP_SCOPES: '{"appsec":["read","write","admin"]}',
      SECURESCAN_SSO_LOGOUT_URL: '/oauth2/sign_out',
      SECURESCAN_RATE_LIMIT_ENABLED: 'off',
      SECURESCAN_RATE_LIMIT_PER_MIN: '120',
      SECURESCAN_RATE_LIMIT_BURST: '20',
      SECURESCAN_DB_PATH: '~/elsewhere/s.db',
      SECURESCAN_SCAN_ROOTS: ['/srv/a', '/srv/b'].join(delimiter),
      SECURESCAN_SCAN_SLOTS: '3',
      SECURESCAN_SCAN_CONCURRENCY: '1',
      SECURESCAN_MAX_QUEUED_SCANS: '50',
      SECURESCAN_SANDBOX: '1',
      SECURESCAN_SEMGREP_RULES: 'p/ci,/srv/rules',
      SECURESCAN_OFFLINE: 'on',
      SECURESCAN_NETWORK_TARGETS: 'shop.example.com, 10.1.0.0/16,::1',
      SECURESCAN_ZAP_ADDRESS: 'https://zap.example.com',
      SECURESCAN_ZAP_API_KEY: 'k1',
      SECURESCAN_NMAP_EXTRA_ARGS: '-T3  -p 80,443',
      SECURESCAN_NPM_REGISTRY: 'https://npm.example.com/',
      SECURESCAN_TRIVY_CACHE: '/srv/trivy',
      SECURESCAN_TRIVY_SKIP_DB_UPDATE: 'yes',
      SECURESCAN_SAFETY_DB: '/srv/safety',
      SECURESCAN_SAFETY_API_KEY: 'k2',
      SECURESCAN_LOG_LEVEL: 'DEBUG',
      SECURESCAN_LOG_FORMAT: 'json',
      SECURESCAN_FAKE_NOW: '2026-01-31T13:00:00+01:00',
      SECURESCAN_ALLOW_INSTALL: '1',
      SECURESCAN_CHROMIUM: '/usr/bin/chromium',
      SECURESCAN_COMPLIANCE_DIR: '/srv/frameworks',
      SECURESCAN_AUDIT_RETENTION_DAYS: '90',
      SECURESCAN_AI_BASE_URL: 'http://127.0.0.1:11434/v1',
      SECURESCAN_AI_MODEL: 'small-1',
      SECURESCAN_AI_API_KEY: 'key-of-the-model',
      SECURESCAN_AI_MAX_CALLS: '5',
      SECURESCAN_NOTIFICATIONS_KEEP_DAYS: '365',
      SECURESCAN_NOTIFICATIONS_READ_KEEP_DAYS: '7',
      SECURESCAN_WEBHOOK_DELIVERIES_KEEP_DAYS: '7',
      SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '10.2.0.0/16',
      HTTPS_PROXY: 'http://proxy.example.com:3128',
      http_proxy: 'proxy.example.com:3129',
      NO_PROXY: '.example.com',
    });

    expect(config).toEqual({
      http: {
        host: '::1',
        port: 0,
        corsOrigins: ['https://a.example.com', 'http://localhost:4200'],
        publicUrl: 'https://scan.example.com',
        eventStreams: 500,
        eventStreamsPerCaller: 5,
      },
      auth: {
        apiKey: 'a key of mine',
        required: true,
        eventTokenSecret: 'sixteen characters',
        secretKey: 'as many as thirty-two characters',
        failuresPerMinute: 5,
      },
      sso: {
        trustedProxies: [
          [ipaddr.parse('10.1.0.0'), 16],
          [ipaddr.parse('::1'), 128],
        ],
        headers: 'x-auth-request',
        proxySecret: 'between us and it',
        groupScopes: new Map([['appsec', ['read', 'write', 'admin']]]),
        logoutUrl: '/oauth2/sign_out',
      },
      rateLimit: { enabled: false, perMinute: 120, burst: 20 },
      database: { path: join(homedir(), 'elsewhere', 's.db') },
      scan: {
        roots: ['/srv/a', '/srv/b'],
        slots: 3,
        concurrency: 1,
        maxQueued: 50,
        semgrepRules: ['p/ci', '/srv/rules'],
        offline: true,
        sandbox: true,
      },
      scanners: {
        networkTargets: ['shop.example.com', '10.1.0.0/16', '::1'],
        zapAddress: 'https://zap.example.com',
        zapApiKey: 'k1',
        nmapArguments: ['-T3', '-p', '80,443'],
        npmRegistry: 'https://npm.example.com/',
        trivyCache: '/srv/trivy',
        trivySkipDbUpdate: true,
        safetyDatabase: '/srv/safety',
        safetyApiKey: 'k2',
      },
      log: { level: 'debug', format: 'json' },
      time: { fakeNow: new Date('2026-01-31T12:00:00Z') },
      tools: { allowInstall: true, chromium: '/usr/bin/chromium' },
      audit: { retentionDays: 90 },
      ai: {
        baseUrl: 'http://127.0.0.1:11434/v1',
        model: 'small-1',
        apiKey: 'key-of-the-model',
        maxCalls: 5,
      },
      notifications: { keepDays: 365, readKeepDays: 7 },
      compliance: { directory: '/srv/frameworks' },
      webhooks: {
        allowedRanges: [[ipaddr.parse('10.2.0.0'), 16]],
        httpsProxy: 'http://proxy.example.com:3128',
        httpProxy: 'http://proxy.example.com:3129',
        noProxy: '.example.com',
        keepDays: 7,
      },
    });
  });

  it('takes a blank variable for one that is not set', () => {
    expect(loadConfig({ SECURESCAN_PORT: ' ', SECURESCAN_SCAN_ROOTS: '' })).toEqual(loadConfig({}));
  });

  it('reports every problem at once, each with its variable and value', () => {
    const message = problemsOf({
      SECURESCAN_PORT: 'http',
      SECURESCAN_SCAN_SLOTS: '0',
      SECURESCAN_OFFLINE: 'perhaps',
      SECURESCAN_LOG_LEVEL: 'loud',
      SECURESCAN_SCAN_ROOTS: 'src',
      SECURESCAN_FAKE_NOW: 'yesterday',
      SECURESCAN_AUDIT_RETENTION_DAYS: '7',
    });

    expect(message.split('\n').slice(1)).toEqual([
      '  - SECURESCAN_PORT: "http" is not a whole number.',
      expect.stringContaining('SECURESCAN_OFFLINE: "perhaps" is neither of 1, true, yes, on'),
      '  - SECURESCAN_SCAN_ROOTS: "src" must hold absolute paths.',
      '  - SECURESCAN_SCAN_SLOTS: "0" must not be less than 1.',
      expect.stringContaining('SECURESCAN_LOG_LEVEL: "loud" must be one of fatal, error'),
      expect.stringContaining('SECURESCAN_FAKE_NOW: "yesterday" is not an ISO 8601 time'),
      '  - SECURESCAN_AUDIT_RETENTION_DAYS: "7" must not be less than 30.',
    ]);
  });

  it.each([
    ['*', 'must hold addresses or CIDR ranges'],
    ['0.0.0.0/0', 'trusts a large part of the world'],
    ['10.0.0.1,0.0.0.0/1', 'trusts a large part of the world'],
    ['::/0', 'trusts a large part of the world'],
    ['::ffff:0:0/96', 'trusts a large part of the world'],
    ['proxy.example.com', 'must hold addresses or CIDR ranges'],
    ['10.0.0.1,', 'must hold addresses or CIDR ranges'],
    [',', 'must hold addresses or CIDR ranges'],
    ['', 'names no proxy'],
    [' ', 'names no proxy'],
    ['10.0.0.1/33', 'must hold addresses or CIDR ranges'],
    ['010.0.0.1', 'must hold addresses or CIDR ranges'],
  ])('trusts no proxy at "%s"', (proxies, reason) => {
    const environment = {
      SECURESCAN_SSO_TRUSTED_PROXIES: proxies,
      SECURESCAN_PUBLIC_URL: 'https://scan.example.com',
    };
    expect(problemsOf(environment)).toContain(reason);
  });

  it('wants to know its own address behind a proxy', () => {
    expect(problemsOf({ SECURESCAN_SSO_TRUSTED_PROXIES: '10.0.0.1' })).toContain(
      'SECURESCAN_PUBLIC_URL must be set',
    );
  });

  it.each([
    'SECURESCAN_SSO_HEADERS',
    'SECURESCAN_SSO_PROXY_SECRET',
    'SECURESCAN_SSO_GROUP_SCOPES',
    'SECURESCAN_SSO_LOGOUT_URL',
  ])('tells that %s is without effect where there is no proxy', (variable) => {
    expect(problemsOf({ [variable]: '{"*":["read"]}' })).toContain(`${variable} has no effect`);
  });

  it.each(['[]', '{', '{"a":"read"}', '{"a":["root"]}', '{"":["read"]}', 'null'])(
    'grants nothing by %s',
    (groups) => {
      const environment = {
        SECURESCAN_SSO_TRUSTED_PROXIES: '10.0.0.1',
        SECURESCAN_PUBLIC_URL: 'https://scan.example.com',
        SECURESCAN_SSO_GROUP_SCOPES: groups,
      };
      expect(problemsOf(environment)).toContain('must be a JSON object from group to scopes');
    },
  );

  it.each(['//evil.example', 'javascript:alert(1)', 'sign_out', '/\\evil.example'])(
    'sends nobody to %s at the end of a session',
    (url) => {
      const environment = {
        SECURESCAN_SSO_TRUSTED_PROXIES: '10.0.0.1',
        SECURESCAN_PUBLIC_URL: 'https://scan.example.com',
        SECURESCAN_SSO_LOGOUT_URL: url,
      };
      expect(problemsOf(environment)).toContain('or a path on this server');
    },
  );

  it.each(['SECURESCAN_DATABASE_URL', 'SECURESCAN_REDIS_URL'])(
    'refuses %s without showing its value, which may hold a password',
    (variable) => {
      const message = problemsOf({ [variable]: 'scheme://user:canary@host' });

      expect(message).toContain(`${variable} is reserved`);
      expect(message).not.toContain('canary');
    },
  );

  it.each(['scan.example.com', 'https://a.example.com/', 'ftp://a.example.com', '*', 'null'])(
    'refuses %s as an origin',
    (origin) => {
      expect(problemsOf({ SECURESCAN_CORS_ORIGINS: `https://ok.example.com,${origin}` })).toContain(
        'must hold origins',
      );
    },
  );

  it('refuses options of nmap that write files or run scripts', () => {
    expect(problemsOf({ SECURESCAN_NMAP_EXTRA_ARGS: '-T3 --script=vuln' })).toContain('--script');
  });

  it.each(['10.0.0.0/33', '999.1.1.1', 'http://a', 'a b', '0x7f000001', '127.1', '*'])(
    'refuses %s as a network target',
    (target) => {
      expect(problemsOf({ SECURESCAN_NETWORK_TARGETS: `localhost,${target}` })).toContain(
        'SECURESCAN_NETWORK_TARGETS',
      );
    },
  );

  it.each(['2026-01-31', '2026-01-31T12:00:00', '2026-02-31T99:00:00Z'])(
    'refuses %s as a point in time',
    (time) => {
      expect(problemsOf({ SECURESCAN_FAKE_NOW: time })).toContain('ISO 8601');
    },
  );
});

describe('ConfigReader', () => {
  class SecretConfig {
    @Setting('SECURESCAN_TEST_SECRET', text, { isSecret: true })
    @IsNotEmpty()
    readonly secret: string = 'default';
  }

  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'securescan-config-'));
    file = join(directory, 'secret');
    writeFileSync(file, 'from the file\n');
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('reads a secret from the file that its _FILE variable names', () => {
    const reader = new ConfigReader({ SECURESCAN_TEST_SECRET_FILE: file });

    expect(reader.read(SecretConfig).secret).toBe('from the file');
    expect(reader.problems).toEqual([]);
  });

  it('refuses two sources for one secret, and shows neither', () => {
    const reader = new ConfigReader({
      SECURESCAN_TEST_SECRET: 'canary',
      SECURESCAN_TEST_SECRET_FILE: file,
    });
    reader.read(SecretConfig);

    expect(reader.problems.join()).toContain('both set');
    expect(reader.problems.join()).not.toMatch(/canary|from the file/);
  });

  it('reports a secret that cannot be read or is empty', () => {
    const missing = new ConfigReader({ SECURESCAN_TEST_SECRET_FILE: join(directory, 'missing') });
    missing.read(SecretConfig);
    writeFileSync(file, '\n');
    const empty = new ConfigReader({ SECURESCAN_TEST_SECRET_FILE: file });
    empty.read(SecretConfig);

    expect(missing.problems.join()).toContain('cannot be read');
    expect(empty.problems).toEqual(['SECURESCAN_TEST_SECRET: should not be empty.']);
  });
});
