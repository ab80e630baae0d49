/** `true` or `false` as a query writes it; what is neither stays and fails the check. */
export function toBoolean({ value }: { value: unknown }): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}
