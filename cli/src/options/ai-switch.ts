import type { CliEnvironment } from './environment';
import { byDefault, placeInConfig, type Resolver, type SettingFlags } from './setting';

const NOT_CONFIGURED =
  '--ai: set SECURESCAN_AI_BASE_URL and SECURESCAN_AI_MODEL, and SECURESCAN_AI_API_KEY where the endpoint wants a key.';
/** What most CI services set. */
const IN_CI = ['1', 'true'];

/** A pipeline asks nobody unless its own line says so: what the tree says is not enough there (D42). */
export const ai: Resolver<boolean> = ({ flags, environment, config }, problems) => {
  if (flags.ai === true) problems.push(...problemsOfAsking(environment, flags));
  if (flags.ai !== undefined)
    return { value: flags.ai, source: 'flag', detail: flags.ai ? '--ai' : '--no-ai' };
  const wanted = config?.config.ai ?? null;
  if (config === null || wanted === null) return byDefault(false);
  if (wanted && IN_CI.includes(environment.variable('CI').toLowerCase()))
    return { value: false, source: 'environment', detail: 'CI' };
  return { value: wanted, source: 'config', detail: placeInConfig(config, 'ai') };
};

function problemsOfAsking(
  { advice, isOffline }: CliEnvironment,
  { offline }: SettingFlags,
): string[] {
  const isForbidden = isOffline || offline === true;
  return [
    ...(advice === null ? [NOT_CONFIGURED] : []),
    ...(isForbidden
      ? ['--ai asks over the network, which --offline or SECURESCAN_OFFLINE forbids.']
      : []),
  ];
}
