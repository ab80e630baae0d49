/** Takes over a line once its grammar is right. */
export type Run<Name extends string, Words> = (invocation: {
  readonly command: Name;
  readonly words: Words;
}) => void;
