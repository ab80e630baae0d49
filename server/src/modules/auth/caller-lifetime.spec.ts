import { InProcessControlChannel } from '../../platform/embedded/in-process-control-channel';
import { SystemClock } from '../../platform/embedded/system-clock';
import type { Caller } from './caller';
import { CallerLifetime } from './caller-lifetime';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOBODY = { name: 'x', email: null, scopes: [], expiresAt: null };

describe('how long what somebody opened stays open', () => {
  let control: InProcessControlChannel;
  let lifetime: CallerLifetime;

  beforeEach(() => {
    jest.useFakeTimers();
    control = new InProcessControlChannel();
    lifetime = new CallerLifetime(control, new SystemClock());
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  /** Milliseconds until the end; `null` where it had not come after a day. */
  async function lifeOf(caller: Partial<Caller> & Pick<Caller, 'kind' | 'subject'>) {
    const startedAt = Date.now();
    const ends: number[] = [];
    const subscription = lifetime.endOf({ ...NOBODY, ...caller }).subscribe(() => {
      ends.push(Date.now());
    });
    await jest.advanceTimersByTimeAsync(24 * HOUR);
    subscription.unsubscribe();
    const [endedAt] = ends;
    return endedAt === undefined ? null : endedAt - startedAt;
  }

  it('is a quarter of an hour for whom the proxy vouched, who then passes it again', async () => {
    expect(await lifeOf({ kind: 'sso', subject: 'ada' })).toBe(15 * MINUTE);
  });

  it('is what a key has left', async () => {
    const expiresAt = new Date(Date.now() + HOUR).toISOString();
    expect(await lifeOf({ kind: 'key', subject: 'k', expiresAt })).toBe(HOUR);
    const past = new Date(Date.now() - HOUR).toISOString();
    expect(await lifeOf({ kind: 'key', subject: 'k', expiresAt: past })).toBe(0);
  });

  it('has no end of its own for the environment key, nor for a key that does not expire', async () => {
    expect(await lifeOf({ kind: 'env', subject: 'env' })).toBeNull();
    expect(await lifeOf({ kind: 'key', subject: 'k' })).toBeNull();
    const inAYear = new Date(Date.now() + 365 * 24 * HOUR).toISOString();
    expect(await lifeOf({ kind: 'key', subject: 'k', expiresAt: inAYear })).toBeNull();
  });

  it('ends with the credential and not with another, and is over for whoever asks after that', async () => {
    await control.send('credential.ended', { kind: 'key', subject: 'gone' });
    await jest.advanceTimersByTimeAsync(0);
    expect(await lifeOf({ kind: 'key', subject: 'gone' })).toBe(0);
    expect(await lifeOf({ kind: 'key', subject: 'other' })).toBeNull();
    expect(await lifeOf({ kind: 'sso', subject: 'gone' })).toBe(15 * MINUTE);
  });

  it('remembers no more ends than may matter', async () => {
    for (let index = 0; index <= 1000; index += 1) {
      await control.send('credential.ended', { kind: 'key', subject: String(index) });
    }
    await jest.advanceTimersByTimeAsync(0);
    expect(await lifeOf({ kind: 'key', subject: '0' })).toBeNull();
    expect(await lifeOf({ kind: 'key', subject: '1' })).toBe(0);
  });
});
