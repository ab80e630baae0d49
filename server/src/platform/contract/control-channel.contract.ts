import { firstValueFrom, take, toArray } from 'rxjs';
import type { ControlChannel } from '../../ports/control-channel.port';

/** What every adapter of ControlChannel must do. */
export function describeControlChannel(name: string, create: () => ControlChannel): void {
  describe(`${name} as ControlChannel`, () => {
    it('reaches every listener, the own process included, in the order of sending', async () => {
      const channel = create();
      const listeners = Promise.all(
        [1, 2].map(() => firstValueFrom(channel.messages('scan.cancel').pipe(take(2), toArray()))),
      );

      await channel.send('scan.cancel', { scanId: 'a' });
      await channel.send('scan.cancel', { scanId: 'b' });

      const expected = [{ scanId: 'a' }, { scanId: 'b' }];
      expect(await listeners).toEqual([expected, expected]);
    });

    it('never runs a listener within the call of the sender', async () => {
      const channel = create();
      let isSending = true;
      const heard = new Promise<boolean>((resolve) => {
        channel.messages('scan.cancel').subscribe(() => {
          resolve(isSending);
        });
      });

      const sent = channel.send('scan.cancel', { scanId: 'a' });
      isSending = false;
      await sent;

      await expect(heard).resolves.toBe(false);
    });

    it('loses what nobody listens for', async () => {
      const channel = create();
      await channel.send('scan.cancel', { scanId: 'unheard' });
      await new Promise<void>((resume) => setImmediate(resume));
      const next = firstValueFrom(channel.messages('scan.cancel'));

      await channel.send('scan.cancel', { scanId: 'heard' });

      await expect(next).resolves.toEqual({ scanId: 'heard' });
    });
  });
}
