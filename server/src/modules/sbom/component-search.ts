import type { SbomComponentBody } from '@securescan/contracts';

/** Those in whose package URL, name, version or licences every word occurs, in whatever case; in the order given. */
export function componentsWith(
  sought: string,
  components: readonly SbomComponentBody[],
): SbomComponentBody[] {
  const words = sought.toLowerCase().split(/\s+/);
  return components.filter(({ ref, name, version, licenses }) => {
    const text = [ref, name, version ?? '', ...licenses].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
