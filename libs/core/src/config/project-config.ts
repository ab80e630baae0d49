import { UserError } from '../errors';
import { ConfigNode, type ConfigProblem } from './config-node';
import { NO_LICENSE_POLICY, readLicensePolicy, type LicensePolicy } from './license-policy';

/** The names that a project's configuration may have at its root. The first that there is counts. */
export const PROJECT_CONFIG_NAMES = [
  '.securescan.yml',
  '.securescan.yaml',
  'securescan.yml',
] as const;

/** What is larger was not written by hand. */
const MAX_CHARACTERS = 262_144;

/** What a project says about its own scans. */
export interface ProjectConfig {
  readonly licenses: LicensePolicy;
}

/**
 * Reads the text of a configuration. Members that have no reader here are left alone. Throws UserError CONFIG_INVALID, which
 * names the first problem with line and column; `details.problems` has all of them.
 */
export function readProjectConfig(text: string, fileName: string): ProjectConfig {
  if (text.length > MAX_CHARACTERS) {
    const message = `it is longer than ${String(MAX_CHARACTERS)} characters`;
    throw invalid(fileName, [{ line: 1, column: 1, message }]);
  }
  const problems: ConfigProblem[] = [];
  const members = ConfigNode.parse(text, problems).members();
  const licenses = members.get('licenses');
  const policy = licenses === undefined ? NO_LICENSE_POLICY : readLicensePolicy(licenses);
  if (problems.length > 0) throw invalid(fileName, problems);
  return { licenses: policy };
}

function invalid(fileName: string, problems: readonly ConfigProblem[]): UserError {
  const [first, ...others] = problems;
  const place = `${fileName}:${String(first?.line)}:${String(first?.column)}`;
  const more = others.length > 0 ? ` (${String(others.length)} more)` : '';
  return new UserError('CONFIG_INVALID', `${place}: ${first?.message ?? ''}${more}.`, {
    details: { problems },
  });
}
