import { compareCodePoints } from '../order/compare-code-points';
import type { Framework } from './framework';
import { FrameworkInvalidError } from './framework.errors';
import cisControlsV8 from './frameworks/cis-controls-v8.json';
import owaspTop10 from './frameworks/owasp-top10-2021.json';
import pciDssV4 from './frameworks/pci-dss-v4.json';
import soc2 from './frameworks/soc2.json';
import { readFramework } from './read-framework';

/** A file of a framework. */
export interface FrameworkFile {
  readonly name: string;
  readonly text: string;
}

/** Of all own frameworks together: each scan keeps a count for each that it violates. */
const MAX_OWN_CONTROLS = 1000;

/** Those that ship, by id: read by the same steps as a stranger's. */
export const SHIPPED_FRAMEWORKS: readonly Framework[] = [
  cisControlsV8,
  owaspTop10,
  pciDssV4,
  soc2,
].map((data) => readFramework(JSON.stringify(data), `${data.id}.json`));

/** The frameworks that count: those that ship, then those of the operator's own. */
export function listFrameworks(own: readonly Framework[] = []): readonly Framework[] {
  return own.length === 0 ? SHIPPED_FRAMEWORKS : [...SHIPPED_FRAMEWORKS, ...own];
}

/**
 * Reads the operator's own frameworks, by id whatever the order of the files. Throws FrameworkInvalidError for a file that cannot
 * be used, and where two frameworks share an id or what their tags begin with, those that ship among them.
 */
export function readOwnFrameworks(files: readonly FrameworkFile[]): readonly Framework[] {
  const taken = new Map(
    SHIPPED_FRAMEWORKS.flatMap(({ id, tagPrefix }) => [
      [id, 'a framework that ships'],
      [tagPrefix, 'a framework that ships'],
    ]),
  );
  let controls = 0;
  const own = files.map(({ name, text }) => {
    const framework = readFramework(text, name);
    for (const [field, value] of [
      ['id', framework.id],
      ['tag_prefix', framework.tagPrefix],
    ] as const) {
      const holder = taken.get(value);
      if (holder !== undefined) {
        throw new FrameworkInvalidError(
          name,
          `"${field}" is "${value}", as that of ${holder}; choose another`,
        );
      }
      taken.set(value, name);
    }
    controls += framework.controls.length;
    if (controls > MAX_OWN_CONTROLS) {
      throw new FrameworkInvalidError(
        name,
        `with it the frameworks have more than ${String(MAX_OWN_CONTROLS)} controls; leave one of them out`,
      );
    }
    return framework;
  });
  return own.toSorted((a, b) => compareCodePoints(a.id, b.id));
}
