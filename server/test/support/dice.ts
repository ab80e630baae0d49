/** Numbers that look random and repeat with their seed. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761 + 1) >>> 0;
  }

  /** A whole number from 0 up to and without `sides`. */
  roll(sides: number): number {
    // xorshift32; zero is its only fixed point and is never reached from another state.
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state % sides;
  }

  /** One of them; `undefined` where there are none. */
  pick<T>(choices: readonly T[]): T | undefined {
    return choices[this.roll(Math.max(1, choices.length))];
  }
}
