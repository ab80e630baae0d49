import {
  PROJECT_CONFIG_NAMES,
  readProjectConfig,
  UserError,
  type LicensePolicy,
} from '@securescan/core';
import type { FileTree, SystemFiles } from '../../ports';

const NO_POLICY: LicensePolicy = { deny: [], warn: [], allow: [] };

/**
 * The policy in the configuration at the root; an empty one where there is no configuration. Throws UserError CONFIG_INVALID for
 * a configuration that is wrong or cannot be read: without its policy, what is denied would pass.
 */
export async function readPolicy(
  files: Pick<FileTree, 'readText'>,
  system: Pick<SystemFiles, 'list'>,
): Promise<LicensePolicy> {
  for (const name of PROJECT_CONFIG_NAMES) {
    const text = await files.readText(name);
    if (text !== null) return readProjectConfig(text, name).licenses;
    if (((await system.list('/')) ?? []).includes(name)) {
      throw new UserError(
        'CONFIG_INVALID',
        `${name} cannot be read: it has to be a regular file with text of at most 1 MB.`,
      );
    }
  }
  return NO_POLICY;
}
