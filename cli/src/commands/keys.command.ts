import type { ApiKeyRequestBody } from '@securescan/contracts';
import type { KeysCreateWords, KeysListWords, KeysRevokeWords } from '../grammar/keys';
import { runServerEntry } from './server-entry';

function jsonFlag(flags: { readonly json?: true }): string[] {
  return flags.json === true ? ['--json'] : [];
}

/** `securescan keys create`: the server's own code checks the request and makes the key. */
export async function runKeysCreateCommand({ name, flags }: KeysCreateWords): Promise<number> {
  const { scope, expires } = flags;
  const request: ApiKeyRequestBody = {
    name,
    ...(scope === undefined ? {} : { scopes: [...scope] }),
    ...(expires === undefined ? {} : { expires_at: expires }),
  };
  return runServerEntry({ words: ['keys', 'create', JSON.stringify(request), ...jsonFlag(flags)] });
}

/** `securescan keys list` */
export async function runKeysListCommand({ flags }: KeysListWords): Promise<number> {
  return runServerEntry({ words: ['keys', 'list', ...jsonFlag(flags)] });
}

/** `securescan keys revoke` */
export async function runKeysRevokeCommand({ id }: KeysRevokeWords): Promise<number> {
  return runServerEntry({ words: ['keys', 'revoke', id] });
}
