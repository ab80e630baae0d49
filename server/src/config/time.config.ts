import { instant, Setting } from './setting';

export class TimeConfig {
  /** Pins the time that documents and outputs show, so that they repeat byte by byte. Null: the real time. */
  @Setting('SECURESCAN_FAKE_NOW', instant)
  readonly fakeNow: Date | null = null;
}
