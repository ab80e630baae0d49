const MAX_NOTES = 50;
const MAX_CHARACTERS = 240;

/** Notes as an outcome carries them: one short line each, none twice, in the order given, and not without end. */
export function tidyNotes(notes: readonly string[]): string[] {
  const tidy = [...new Set(notes.map(toOneLine))].filter((note) => note !== '');
  if (tidy.length <= MAX_NOTES) return tidy;
  return [
    ...tidy.slice(0, MAX_NOTES),
    `${String(tidy.length - MAX_NOTES)} more notes of this kind`,
  ];
}

function toOneLine(note: string): string {
  const line = note.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1)}…` : line;
}
