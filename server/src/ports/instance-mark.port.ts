/** Remembers beside the database that this installation once asked for credentials, so that losing the database shows. */
export abstract class InstanceMark {
  /** What to name to whoever wants to begin anew. */
  abstract readonly place: string;

  abstract isSet(): boolean;

  /** Throws where it cannot be written. */
  abstract set(): void;
}
