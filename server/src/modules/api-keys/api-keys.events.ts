/** What happens to keys, as ids. */
export interface ApiKeyDomainEvents {
  'key.created': { readonly keyId: string };
  'key.revoked': { readonly keyId: string };
}
