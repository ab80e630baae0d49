import { CALLER_KINDS, SCOPES, type EventTokenBody, type SessionBody } from '@securescan/contracts';
import { flag, list, nullable, number, object, oneOf, text } from '../api/wire-parser';

const session = object<SessionBody>({
  authenticated: flag,
  kind: oneOf(CALLER_KINDS),
  principal: nullable(
    object<NonNullable<SessionBody['principal']>>({ name: text, email: nullable(text) }),
  ),
  scopes: list(oneOf(SCOPES)),
  logout_url: nullable(text),
});
const eventToken = object<EventTokenBody>({ token: text, expires_in: number });

export const parseSession = (value: unknown): SessionBody => session(value, 'session');
export const parseEventToken = (value: unknown): EventTokenBody => eventToken(value, 'event token');
