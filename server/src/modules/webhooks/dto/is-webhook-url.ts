import { ValidateBy } from 'class-validator';
import { URL_MASK } from '../webhook.mapper';

/** Why nothing can be sent to a URL; `null` for one to which something can. */
function problemOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^https?:\/\/[^\s/?#\\]/i.test(value)) {
    return 'must be a URL that begins with http:// or https://';
  }
  // What a parser would silently leave out or change.
  if (!/^[\x21-\x7e]+$/.test(value)) return 'must be written in ASCII, without white space';
  if (!URL.canParse(value)) return 'must be a URL with a host';
  const { username, password, hash, pathname } = new URL(value);
  if (username !== '' || password !== '') {
    return 'must hold no user name or password; give them in a header';
  }
  if (hash !== '') return 'must hold no fragment, which is never sent';
  return pathname === URL_MASK ? 'must be the whole URL and not its mask' : null;
}

/** A place to which messages can be sent. Whether its address may be reached is looked at when they are. */
export function IsWebhookUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isWebhookUrl',
    validator: {
      validate: (value: unknown) => problemOf(value) === null,
      defaultMessage: (failed) => `$property ${problemOf(failed?.value) ?? ''}`,
    },
  });
}
