import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'ipaddr.js';
import { parse as parseYaml } from 'yaml';
import { loadConfig } from '../../src/config/config-loader';
import { settingsOf } from '../../src/config/setting';
import { readStages, REPOSITORY } from './image-description';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly ports?: readonly string[];
  readonly tmpfs: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly networks: Readonly<Record<string, { readonly ipv4_address?: string }>>;
}

interface Network {
  readonly internal?: boolean;
  readonly ipam?: { readonly config: readonly [{ readonly subnet: string }] };
}

interface Compose {
  readonly services: Readonly<Record<'server' | 'nginx' | 'oauth2-proxy', Service>>;
  readonly volumes: Readonly<Record<string, object>>;
  readonly networks: Readonly<Record<string, Network>>;
}

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const text = read('docker-compose.yml');
const compose = parseYaml(text, { merge: true }) as Compose;
const { server, nginx, 'oauth2-proxy': signIn } = compose.services;
const image = readStages().at(-1);
const REFERENCE = /\$\{([A-Z0-9_]+)/g;

const namesIn = (content: string, pattern: RegExp): Set<string> =>
  new Set([...content.matchAll(pattern)].map(([, name = '']) => name));

const example = new Map(
  [...read('server/deploy/env.example').matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value.replace(/^'(.*)'$/, '$1')],
  ),
);

const SECRETS = new Map([['SECURESCAN_SSO_PROXY_SECRET', 'x'.repeat(32)]]);

/** What compose would put in the place of each `${NAME…}`: the example's value, or a secret of ours. */
function filled(value: string): string {
  return value.replace(
    /\$\{([A-Z0-9_]+)(?::[-?][^}]*)?\}/g,
    (_, name: string) => SECRETS.get(name) ?? example.get(name) ?? '',
  );
}

describe('docker-compose.yml', () => {
  it.each(Object.entries(compose.services))(
    'gives %s nothing that it does not need',
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(service.privileged).toBeUndefined();
      expect(service.image).toMatch(
        /:v?\d+\.\d+\.\d+(?:-alpine)?$|^\$\{OAUTH2_PROXY_IMAGE:\?.* v\d+\.\d+\.\d+,/,
      );
      const [user = ''] =
        (service.build === undefined ? service.user : image?.user)?.split(':') ?? [];
      expect(Number(user)).toBeGreaterThan(0);
      const written = (service.volumes ?? []).filter((volume) => !volume.endsWith(':ro'));
      expect(written).toEqual(service === server ? ['data:/data'] : []);
    },
  );

  it('builds the image from the Dockerfile, and gives it a place for all that it writes', () => {
    const { context = '', dockerfile = '' } = server.build ?? {};
    expect(existsSync(join(REPOSITORY, context, dockerfile))).toBe(true);
    expect(Object.keys(compose.volumes)).toEqual(['data']);
    const places = [...(server.volumes ?? []), ...server.tmpfs].map((place) =>
      filled(place).split(':'),
    );
    expect(image?.volumes).toEqual(['/data']);
    expect(places.map(([source, target = '']) => (source === '/tmp' ? source : target))).toEqual([
      ...['/data', '/scan', '/tmp'],
    ]);
    expect(image?.environment['SECURESCAN_SCAN_ROOTS']).toBe('/scan');
  });

  it('leaves the server unreachable but for nginx', () => {
    expect(server.ports).toBeUndefined();
    expect(signIn.ports).toBeUndefined();
    const shared = (first: Service, second: Service): string[] =>
      Object.keys(first.networks).filter((name) => name in second.networks);
    expect(shared(server, nginx)).toEqual(['application']);
    expect(shared(signIn, nginx)).toEqual(['sign-in']);
    expect(shared(server, signIn)).toEqual([]);
    expect(compose.networks['application']?.internal).toBe(true);
    expect(compose.networks['sign-in']?.internal).toBe(true);
  });

  it.each([
    ['application', nginx, () => server.environment['SECURESCAN_SSO_TRUSTED_PROXIES']],
    ['sign-in', nginx, () => signIn.environment['OAUTH2_PROXY_TRUSTED_PROXY_IPS']],
  ])('has nginx trusted in %s by its one address', (network, service, trusted) => {
    const address = service.networks[network]?.ipv4_address ?? '';
    expect(trusted()).toBe(`${address}/32`);
    const [{ subnet }] = compose.networks[network]?.ipam?.config ?? [{ subnet: '' }];
    const [base = '', bits = ''] = subnet.split('/');
    expect(parse(address).match(parse(base), Number(bits))).toBe(true);
  });

  it('tells nginx where the server and the sign-in are', () => {
    const { SECURESCAN_SERVER = '', SECURESCAN_SIGN_IN = '' } = nginx.environment;
    const address = server.networks['application']?.ipv4_address ?? '';
    const port = image?.environment['SECURESCAN_PORT'] ?? '';
    expect(SECURESCAN_SERVER).toBe(`${address}:${port}`);
    const [, signInPort] = (signIn.environment['OAUTH2_PROXY_HTTP_ADDRESS'] ?? '').split(':');
    expect(SECURESCAN_SIGN_IN).toBe(`oauth2-proxy:${signInPort ?? ''}`);
    const listening = ['SECURESCAN_HTTPS_LISTEN', 'SECURESCAN_HTTP_LISTEN'];
    expect(nginx.ports?.map((ports) => ports.split(':')[1])).toEqual(
      listening.map((name) => nginx.environment[name]),
    );
  });

  it('mounts files that there are', () => {
    const own = (nginx.volumes ?? []).filter((volume) => volume.startsWith('./server'));
    expect(own).toHaveLength(2);
    for (const volume of own) {
      expect(existsSync(join(REPOSITORY, volume.split(':')[0] ?? ''))).toBe(true);
    }
  });

  it('gives the template of nginx every name that it needs, and no other', () => {
    const needed = namesIn(read('server/deploy/nginx/securescan.conf.template'), REFERENCE);
    // The image's own setting and the explanation in the template's first line.
    needed.delete('CAPITALS');
    const given = Object.keys(nginx.environment).filter((name) => name.startsWith('SECURESCAN_'));
    expect(new Set(given)).toEqual(needed);
  });

  it('takes from .env what the example lists, and nothing else', () => {
    expect(new Set(example.keys())).toEqual(namesIn(text, REFERENCE));
  });

  it('is a configuration with which the server starts, once the secrets are filled in', () => {
    const environment = Object.fromEntries(
      Object.entries(server.environment).map(([name, value]) => [name, filled(value)]),
    );
    const config = loadConfig({ ...image?.environment, ...environment });
    expect(config.http).toMatchObject({ host: '0.0.0.0', publicUrl: 'https://scan.example.com' });
    expect(config.sso.groupScopes.get('*')).toEqual(['read']);
    const known = Object.values(config).flatMap((topic: object) => settingsOf(topic.constructor));
    const variables = known.map(({ variable }) => variable);
    const ours = Object.keys({ ...image?.environment, ...environment }).filter((name) =>
      name.startsWith('SECURESCAN_'),
    );
    expect(variables).toEqual(expect.arrayContaining(ours));
  });
});
