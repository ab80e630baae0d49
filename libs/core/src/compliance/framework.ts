/** A control of a framework, and what tells that a finding is about it. */
export interface Control {
  /** As the framework numbers it. */
  readonly id: string;
  /** The id, qualified by the framework where it does not say so itself: what findings carry. */
  readonly tag: string;
  readonly name: string;
  /** Numbers of the weaknesses (CWE) that violate it. */
  readonly cwes: readonly number[];
  /** Words that stand in a title, in lower case, parted by one space; they count where no number decides. */
  readonly keywords: readonly string[];
  /** By scanner, the ids of rules whose findings violate it, whatever else decides. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
}

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** What every tag of it begins with, and no tag of another. */
  readonly tagPrefix: string;
  /** In the order of the file, at least one. */
  readonly controls: readonly Control[];
}
