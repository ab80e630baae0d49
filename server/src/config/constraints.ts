import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { isChatEndpoint, isNetworkTarget } from '@securescan/scan-engine';
import { ValidateBy } from 'class-validator';
import type { ValidationOptions } from 'class-validator';

function constraint(
  name: string,
  isValid: (value: string) => boolean,
  message: string,
  options: ValidationOptions = {},
): PropertyDecorator {
  return ValidateBy(
    {
      name,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isValid(value),
        defaultMessage: () => message,
      },
    },
    options,
  );
}

/** Whether only this machine can reach what listens there. */
export function isLoopbackHost(host: string): boolean {
  return (
    host.toLowerCase() === 'localhost' ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function isOrigin(value: string): boolean {
  return (
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol) &&
    new URL(value).origin === value
  );
}

/** A web origin as browsers send it: scheme, host and port, and nothing behind them. */
export function IsOrigin(options?: ValidationOptions): PropertyDecorator {
  return constraint(
    'isOrigin',
    isOrigin,
    'must hold origins such as https://scan.example.com, without a path or a slash at the end',
    options,
  );
}

/** A host name, an address or a CIDR range. */
export function IsNetworkTarget(options?: ValidationOptions): PropertyDecorator {
  return constraint(
    'isNetworkTarget',
    isNetworkTarget,
    'must hold host names, addresses or CIDR ranges, such as 10.1.0.0/16 or shop.example.com',
    options,
  );
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

/** Where a service of the operator's answers. */
export function IsWebAddress(): PropertyDecorator {
  return constraint(
    'isWebAddress',
    isWebAddress,
    'must be a URL that begins with http:// or https://',
  );
}

/** A place that a browser may be sent to: on another server, or on this one. */
export function IsWebAddressOrPath(): PropertyDecorator {
  return constraint(
    'isWebAddressOrPath',
    (value) => isWebAddress(value) || /^\/(?![/\\])[\x21-\x7e]*$/.test(value),
    'must be a URL that begins with http:// or https://, or a path on this server such as /oauth2/sign_out',
  );
}

export function IsAbsolutePath(options?: ValidationOptions): PropertyDecorator {
  return constraint('isAbsolutePath', isAbsolute, 'must hold absolute paths', options);
}

/** Where a language model answers. */
export function IsChatEndpoint(options?: ValidationOptions): PropertyDecorator {
  return constraint(
    'isChatEndpoint',
    isChatEndpoint,
    'must be a URL that begins with http:// or https://, without a user name',
    options,
  );
}
