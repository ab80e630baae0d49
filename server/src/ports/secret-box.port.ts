/** Encrypts what the database keeps and must not show. */
export abstract class SecretBox {
  /** @param context names where the text belongs: it can be opened for no other place. */
  abstract seal(text: string, context: string): string;

  /** @returns `null` where it was sealed with another key or for another place, or was changed. */
  abstract open(sealed: string, context: string): string | null;
}
