import { homedir } from 'node:os';
import { join } from 'node:path';
import { readNmapArguments, type ToolSettings } from '@securescan/scan-engine';
import { IsOptional } from 'class-validator';
import { IsAbsolutePath, IsNetworkTarget, IsWebAddress } from './constraints';
import { commaList, flag, Setting, text } from './setting';
import type { Parser } from './setting';

const nmapOptions: Parser<readonly string[]> = (raw) => {
  const read = readNmapArguments(raw.split(/\s+/u));
  return 'refused' in read ? { problem: `cannot be used: ${read.refused}` } : { value: read.words };
};

/** What the operator says of the scanners' tools, the same for every scan. */
export class ScannersConfig {
  /** Hosts and CIDR ranges that scans may reach, separated by commas. Null: nobody said, the policy of the instance decides. */
  @Setting('SECURESCAN_NETWORK_TARGETS', commaList)
  @IsOptional()
  @IsNetworkTarget({ each: true })
  readonly networkTargets: readonly string[] | null = null;

  /** Where the daemon of ZAP answers. */
  @Setting('SECURESCAN_ZAP_ADDRESS', text)
  @IsWebAddress()
  readonly zapAddress: string = 'http://127.0.0.1:8090';

  @Setting('SECURESCAN_ZAP_API_KEY', text, { isSecret: true })
  readonly zapApiKey: string | null = null;

  /** Further options for nmap, separated by spaces: ports, pace and kind of scan. */
  @Setting('SECURESCAN_NMAP_EXTRA_ARGS', nmapOptions)
  readonly nmapArguments: readonly string[] = [];

  /** Registry that npm asks for advisories; its own default where there is none. */
  @Setting('SECURESCAN_NPM_REGISTRY', text)
  @IsOptional()
  @IsWebAddress()
  readonly npmRegistry: string | null = null;

  /** Keeps trivy's database from scan to scan. */
  @Setting('SECURESCAN_TRIVY_CACHE', text)
  @IsAbsolutePath()
  readonly trivyCache: string = join(homedir(), '.securescan', 'cache', 'trivy');

  /** Takes trivy's database as it is: then it needs no network. */
  @Setting('SECURESCAN_TRIVY_SKIP_DB_UPDATE', flag)
  readonly trivySkipDbUpdate: boolean = false;

  /** Directory with safety's database; then it needs no network. */
  @Setting('SECURESCAN_SAFETY_DB', text)
  @IsOptional()
  @IsAbsolutePath()
  readonly safetyDatabase: string | null = null;

  @Setting('SECURESCAN_SAFETY_API_KEY', text, { isSecret: true })
  readonly safetyApiKey: string | null = null;
}

/** The same as the engine wants it. */
export function toToolSettings(
  config: ScannersConfig,
  networkTargets: readonly string[],
): ToolSettings {
  const { zapAddress, zapApiKey, npmRegistry, safetyDatabase, safetyApiKey } = config;
  return {
    networkTargets,
    zapAddress,
    nmapArguments: config.nmapArguments,
    trivyCache: config.trivyCache,
    trivySkipDbUpdate: config.trivySkipDbUpdate,
    ...(zapApiKey === null ? {} : { zapApiKey }),
    ...(npmRegistry === null ? {} : { npmRegistry }),
    ...(safetyDatabase === null ? {} : { safetyDatabase }),
    ...(safetyApiKey === null ? {} : { safetyApiKey }),
  };
}
