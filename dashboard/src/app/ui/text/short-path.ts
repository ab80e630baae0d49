/** A path cut in its middle to at most `limit` characters, at a separator where there is one. */
export function shortPath(path: string, limit: number): string {
  if (path.length <= limit) return path;
  const tailLength = Math.ceil((limit - 1) * 0.7);
  const tail = path.slice(-tailLength);
  const separator = tail.indexOf('/');
  const kept = separator > 0 && separator < tailLength / 2 ? tail.slice(separator) : tail;
  return `${path.slice(0, limit - 1 - kept.length)}…${kept}`;
}
