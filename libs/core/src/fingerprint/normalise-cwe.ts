/**
 * `CWE-<n>` of the first weakness number in a text such as `CWE-89: SQL injection`, `cwe_089` or `89`; `null` where there is none.
 * 0 and -1 are what tools write for "none".
 */
export function normaliseCwe(text: string | null): string | null {
  if (text === null) return null;
  const digits =
    /cwe[-_ :]{0,3}0{0,9}([1-9]\d{0,5})(?!\d)/i.exec(text) ??
    /^\s*0{0,9}([1-9]\d{0,5})\s*$/.exec(text);
  return digits?.[1] === undefined ? null : `CWE-${digits[1]}`;
}
