const ADDRESS =
  /^[a-z][a-z0-9+.-]{0,20}:\/\/[A-Za-z0-9](?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9A-Fa-f]{2})*$/u;

/** Whether a text is an address that readers of a document may take for one: a scheme, a host, and no character that has to be escaped. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}
