import type { Clock } from '../../ports/clock.port';

/** What every adapter of Clock must do. */
export function describeClock(name: string, create: () => Clock): void {
  describe(`${name} as Clock`, () => {
    it('tells the time of the machine', () => {
      const before = Date.now();

      const now = create().now().getTime();

      expect(now).toBeGreaterThanOrEqual(before);
      expect(now).toBeLessThanOrEqual(Date.now());
    });

    it('never goes back', () => {
      const clock = create();
      const readings = Array.from({ length: 1000 }, () => clock.monotonicMs());

      expect(readings).toEqual([...readings].sort((a, b) => a - b));
    });
  });
}
