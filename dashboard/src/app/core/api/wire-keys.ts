import { SCOPES, type ApiKeyBody, type ApiKeyCreatedBody } from '@securescan/contracts';
import { list, nullable, object, oneOf, text } from './wire-parser';

const fields = {
  id: text,
  name: text,
  prefix: text,
  scopes: list(oneOf(SCOPES)),
  created_at: text,
  expires_at: nullable(text),
  last_used_at: nullable(text),
  revoked_at: nullable(text),
};
const key = object<ApiKeyBody>(fields);
const createdKey = object<ApiKeyCreatedBody>({ ...fields, key: text });

export const parseKey = (value: unknown): ApiKeyBody => key(value, 'key');
export const parseKeys = (value: unknown): ApiKeyBody[] => list(key)(value, 'keys');
export const parseCreatedKey = (value: unknown): ApiKeyCreatedBody => createdKey(value, 'key');
