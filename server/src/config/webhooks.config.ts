import { IsInt, IsOptional, Max, Min } from 'class-validator';
import ipaddr from 'ipaddr.js';
import { addressRanges, isInRanges, type AddressRange } from './address-ranges';
import { IsWebAddress } from './constraints';
import { Setting, text, wholeNumber } from './setting';
import type { Parser } from './setting';

/**
 * Addresses that no setting opens: link-local ones, among which clouds hand out credentials to whoever asks, those at which
 * other clouds do, and what is no single machine.
 */
export const NEVER_REACHED: readonly AddressRange[] = [
  '0.0.0.0/8',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  'fd00:42::42/128',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  'fe80::/10',
  'ff00::/8',
].map((range) => ipaddr.parseCIDR(range));

const allowedRanges: Parser<readonly AddressRange[]> = (raw) => {
  const parsed = addressRanges(raw);
  if ('problem' in parsed) return parsed;
  const closed = parsed.value.find(([address]) => isInRanges(address, NEVER_REACHED));
  return closed === undefined
    ? parsed
    : { problem: `holds ${closed.join('/')}, which webhooks never reach` };
};

/** As other programs do, it takes a host and a port alone for a proxy that is spoken to without TLS. */
const proxyAddress: Parser<string> = (raw) => ({
  value: raw.includes('://') ? raw : `http://${raw}`,
});

/** Where webhooks may be sent, and by which way. */
export class WebhooksConfig {
  /** Addresses of the own network that webhooks may reach beside public ones. */
  @Setting('SECURESCAN_WEBHOOK_ALLOWED_CIDRS', allowedRanges)
  readonly allowedRanges: readonly AddressRange[] = [];

  /** The egress proxy for `https://`; like the two below also known in small letters. */
  @Setting('HTTPS_PROXY', proxyAddress, { isSecret: true, hasLowerCase: true })
  @IsOptional()
  @IsWebAddress()
  readonly httpsProxy: string | null = null;

  /** The same for `http://`. */
  @Setting('HTTP_PROXY', proxyAddress, { isSecret: true, hasLowerCase: true })
  @IsOptional()
  @IsWebAddress()
  readonly httpProxy: string | null = null;

  /** Hosts that are reached without it, separated by commas; `*` for all. */
  @Setting('NO_PROXY', text, { hasLowerCase: true })
  readonly noProxy: string = '';

  /** Days for which deliveries are kept, counted from when they were made. */
  @Setting('SECURESCAN_WEBHOOK_DELIVERIES_KEEP_DAYS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(36_500)
  readonly keepDays: number = 30;
}
