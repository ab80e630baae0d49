import { ASSIGN, QUOTE } from '../pattern-parts';
import type { SecretPattern } from '../secret-pattern';

/** Secrets of no provider in particular. */
export const GENERIC_PATTERNS: readonly SecretPattern[] = [
  {
    id: 'connection-string',
    name: 'Connection string',
    severity: 'high',
    description: 'The password in the address of a database, cache or message broker.',
    check: 'password',
    hints: ['://'],
    expression:
      /(?<![A-Za-z0-9])(?:mongodb|postgres|postgresql|mysql|mariadb|mssql|sqlserver|oracle|clickhouse|cockroachdb|redis|rediss|amqps?|nats|kafka|ldaps?|smtps?)(?:\+[a-z0-9]{1,20})?:\/\/[^\s:@/"'`<>]{0,128}:(?<value>[^\s@/"'`<>]{1,256})@/dgi,
  },
  {
    id: 'url-credentials',
    name: 'Credentials in an address',
    severity: 'medium',
    description: 'A password in the address of a web, Git or file server.',
    check: 'password',
    hints: ['://'],
    expression:
      /(?<![A-Za-z0-9])(?:https?|ftps?|sftp|ssh|git)(?:\+[a-z0-9]{1,20})?:\/\/[^\s:@/"'`<>]{1,128}:(?<value>[^\s@/"'`<>]{1,256})@/dgi,
  },
  {
    id: 'generic-api-key',
    name: 'API key',
    severity: 'high',
    description: 'A generated value that is assigned to something called an API key.',
    check: 'random',
    hints: ['apikey', 'api_key', 'api-key', 'api key'],
    expression: new RegExp(
      String.raw`api[-_ ]?key[\w-]{0,20}${ASSIGN}${QUOTE}?(?<value>[A-Za-z0-9_-]{20,256})(?![\w.([-])`,
      'dgi',
    ),
  },
  {
    id: 'generic-secret',
    name: 'Password or secret',
    severity: 'high',
    description: 'A fixed text that is assigned to something called a password or secret.',
    check: 'password',
    hints: ['secret', 'passwd', 'password', 'passphrase', 'pwd'],
    expression: new RegExp(
      String.raw`(?:secret|passwd|password|passphrase|pwd)(?:[-_]?(?:access|key|value|base)){0,3}${ASSIGN}(?<quote>${QUOTE})(?<value>[^"'\x60\n]{8,256})\k<quote>`,
      'dgi',
    ),
  },
  {
    id: 'base64-encoded-secret',
    name: 'Base64 secret',
    severity: 'medium',
    description:
      'A long base64 value that is assigned to something called a password, secret, key or token.',
    check: 'random',
    hints: ['password', 'secret', 'key', 'token'],
    expression: new RegExp(
      String.raw`(?<!pub(?:lic)?[-_ ]?)(?:password|secret|key|token)[\w-]{0,20}${ASSIGN}${QUOTE}?(?<value>[A-Za-z0-9+/]{40,2000}={0,2})(?![A-Za-z0-9+/=_.([-])`,
      'dgi',
    ),
  },
  {
    id: 'generic-token',
    name: 'Token',
    severity: 'medium',
    description: 'A generated value that is assigned to something called a token.',
    check: 'random',
    hints: ['token', 'bearer'],
    expression: new RegExp(
      String.raw`(?:token[\w-]{0,20}${ASSIGN}${QUOTE}?(?:Bearer\s{1,4})?|bearer(?:${ASSIGN}${QUOTE}?|\s{1,4}))(?<value>[A-Za-z0-9_.-]{20,2000})(?![\w.([-])`,
      'dgi',
    ),
  },
];
