/** The target of `rel="next"` in a Link header (RFC 8288), or `null`. */
export function nextLink(header: string | null): string | null {
  if (header === null) return null;
  for (const [, target, parameters] of header.matchAll(/<([^>]*)>((?:[^",]|"[^"]*")*)/g)) {
    if (
      target !== undefined &&
      /;\s*rel="?(?:[^";]*\s)?next(?:\s[^";]*)?"?\s*(?:;|$)/i.test(parameters ?? '')
    ) {
      return target;
    }
  }
  return null;
}
