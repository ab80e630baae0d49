import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isNetworkTarget, readNmapArguments, type ToolSettings } from '@securescan/scan-engine';

type Get = (name: string) => string;

/** What the environment says of the scanners' tools; the server reads the same variables. */
export function readToolSettings(
  get: Get,
  readFlag: (name: string) => boolean,
  problems: string[],
): ToolSettings {
  const zapAddress = readAddress('SECURESCAN_ZAP_ADDRESS', get, problems);
  const npmRegistry = readAddress('SECURESCAN_NPM_REGISTRY', get, problems);
  const trivyCache = readPath('SECURESCAN_TRIVY_CACHE', get, problems);
  const safetyDatabase = readPath('SECURESCAN_SAFETY_DB', get, problems);
  const zapApiKey = get('SECURESCAN_ZAP_API_KEY');
  const safetyApiKey = get('SECURESCAN_SAFETY_API_KEY');
  const networkTargets = readTargets(get, problems);
  return {
    trivyCache: trivyCache ?? join(homedir(), '.securescan', 'cache', 'trivy'),
    trivySkipDbUpdate: readFlag('SECURESCAN_TRIVY_SKIP_DB_UPDATE'),
    nmapArguments: readNmapOptions(get, problems),
    ...(networkTargets.length === 0 ? {} : { networkTargets }),
    ...(zapAddress === null ? {} : { zapAddress }),
    ...(zapApiKey === '' ? {} : { zapApiKey }),
    ...(npmRegistry === null ? {} : { npmRegistry }),
    ...(safetyDatabase === null ? {} : { safetyDatabase }),
    ...(safetyApiKey === '' ? {} : { safetyApiKey }),
  };
}

function readTargets(get: Get, problems: string[]): string[] {
  const name = 'SECURESCAN_NETWORK_TARGETS';
  const targets = get(name)
    .split(',')
    .map((target) => target.trim())
    .filter((target) => target !== '');
  for (const target of targets.filter((one) => !isNetworkTarget(one))) {
    problems.push(
      `${name} must hold host names, addresses or CIDR ranges, and "${target}" is none.`,
    );
  }
  return targets;
}

function readNmapOptions(get: Get, problems: string[]): readonly string[] {
  const text = get('SECURESCAN_NMAP_EXTRA_ARGS');
  if (text === '') return [];
  const read = readNmapArguments(text.split(/\s+/u));
  if (!('refused' in read)) return read.words;
  problems.push(`SECURESCAN_NMAP_EXTRA_ARGS cannot be used: ${read.refused}.`);
  return [];
}

function readAddress(name: string, get: Get, problems: string[]): string | null {
  const address = get(name);
  if (address === '') return null;
  if (URL.canParse(address) && /^https?:$/u.test(new URL(address).protocol)) return address;
  problems.push(`${name} must be a URL that begins with http:// or https://.`);
  return null;
}

function readPath(name: string, get: Get, problems: string[]): string | null {
  const path = get(name);
  if (path === '') return null;
  if (!isAbsolute(path)) problems.push(`${name} must be an absolute path, and is "${path}".`);
  return path;
}
