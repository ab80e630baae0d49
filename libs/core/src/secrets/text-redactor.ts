import { redactSecrets } from './redact';

const MAX_TEXT_CHARACTERS = 4_000;
const MAX_TEXTS = 20_000;

/**
 * `redactSecrets` with a memory, for one pass over findings: a rule's texts come with each of its findings. The memory is bounded.
 */
export class TextRedactor {
  private readonly known = new Map<string, string>();

  redact(text: string): string {
    if (text.length > MAX_TEXT_CHARACTERS) return redactSecrets(text);
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const redacted = redactSecrets(text);
    if (this.known.size < MAX_TEXTS) this.known.set(text, redacted);
    return redacted;
  }
}
