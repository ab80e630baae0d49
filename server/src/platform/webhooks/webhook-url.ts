import { isIP } from 'node:net';
import type { AddressPolicy } from './address-policy';

const MOST_CHARACTERS = 2000;
/** Of what a URL's parser mends in silence, so that it means something else than it seems to. */
const MENDED = /[\s\\\p{Cc}]/u;

/** Says it in the words in which an answer of the API and an attempt's record go on. */
export function problemOfUrl(text: string, policy: AddressPolicy): string | null {
  const isPlain = /^https?:\/\/[^/]/iu.test(text) && !MENDED.test(text);
  if (!isPlain || text.length > MOST_CHARACTERS || !URL.canParse(text)) {
    return `must be a URL of at most ${MOST_CHARACTERS} characters that begins with https:// or http://`;
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return 'must hold no user name and no password; name them in a header';
  }
  if (url.hash !== '') return 'must hold no fragment, which is never sent';
  const host = hostOf(url);
  return isIP(host) === 0 || policy.admits(host) ? null : refusedAddress(host);
}

/** A host as it is looked up: the parser has made usual addresses of all other spellings. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/gu, '');
}

export function refusedAddress(address: string): string {
  return `leads to ${address}, which webhooks must not reach; SECURESCAN_WEBHOOK_ALLOWED_CIDRS may name it if it is of your own network`;
}
