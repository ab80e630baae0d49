import type { ToolSettings } from '@securescan/scan-engine';

/** A setting that only the environment can say. */
export interface ExplainedVariable {
  readonly name: string;
  readonly variable: string;
  /** What is shown for its text, which is empty where it is not set. Never a secret. */
  readonly show: (text: string, tools: ToolSettings) => string | null;
}

const asIs = (text: string): string | null => text || null;
const asSecret = (text: string): string => (text === '' ? 'not set' : 'set');

/** An address may hold a name and a password. */
export function withoutUser(text: string): string | null {
  if (text === '') return null;
  // What cannot be read as an address is shown to nobody: it is told as a problem by its name.
  if (!URL.canParse(text)) return 'set';
  const url = new URL(text);
  if (url.username === '' && url.password === '') return text;
  url.username = '***';
  url.password = '';
  return url.href;
}

/** In the order in which they are explained, behind the settings that flags can say too. */
export const EXPLAINED_VARIABLES: readonly ExplainedVariable[] = [
  { name: 'network_targets', variable: 'SECURESCAN_NETWORK_TARGETS', show: asIs },
  { name: 'zap_address', variable: 'SECURESCAN_ZAP_ADDRESS', show: withoutUser },
  { name: 'zap_api_key', variable: 'SECURESCAN_ZAP_API_KEY', show: asSecret },
  { name: 'nmap_extra_args', variable: 'SECURESCAN_NMAP_EXTRA_ARGS', show: asIs },
  { name: 'npm_registry', variable: 'SECURESCAN_NPM_REGISTRY', show: withoutUser },
  {
    name: 'trivy_cache',
    variable: 'SECURESCAN_TRIVY_CACHE',
    show: (_text, { trivyCache }) => trivyCache ?? null,
  },
  { name: 'trivy_skip_db_update', variable: 'SECURESCAN_TRIVY_SKIP_DB_UPDATE', show: asIs },
  { name: 'safety_db', variable: 'SECURESCAN_SAFETY_DB', show: asIs },
  { name: 'safety_api_key', variable: 'SECURESCAN_SAFETY_API_KEY', show: asSecret },
  { name: 'ai_base_url', variable: 'SECURESCAN_AI_BASE_URL', show: withoutUser },
  { name: 'ai_model', variable: 'SECURESCAN_AI_MODEL', show: asIs },
  { name: 'ai_api_key', variable: 'SECURESCAN_AI_API_KEY', show: asSecret },
  { name: 'ai_max_calls', variable: 'SECURESCAN_AI_MAX_CALLS', show: asIs },
  { name: 'tools_dir', variable: 'SECURESCAN_TOOLS_DIR', show: asIs },
  { name: 'chromium', variable: 'SECURESCAN_CHROMIUM', show: asIs },
  { name: 'sandbox_paths', variable: 'SECURESCAN_SANDBOX_PATHS', show: asIs },
  { name: 'fake_now', variable: 'SECURESCAN_FAKE_NOW', show: asIs },
  { name: 'debug', variable: 'SECURESCAN_DEBUG', show: asIs },
];
