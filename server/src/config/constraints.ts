import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { isNetworkTarget } from '@securescan/scan-engine';
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

function isLoopback(host: string): boolean {
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

/** An address that only this machine can reach. */
export function IsLoopbackAddress(): PropertyDecorator {
  return constraint(
    'isLoopbackAddress',
    isLoopback,
    'can be reached from other machines, and this version has no credentials that would keep strangers out; use 127.0.0.1, ::1 or localhost',
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

/** Where a service of the operator's answers. */
export function IsWebAddress(): PropertyDecorator {
  return constraint(
    'isWebAddress',
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be a URL that begins with http:// or https://',
  );
}

export function IsAbsolutePath(options?: ValidationOptions): PropertyDecorator {
  return constraint('isAbsolutePath', isAbsolute, 'must hold absolute paths', options);
}
