import { childOf, textOfChild, type XmlElement } from './xml-tree';

const REFERENCE = /\$\{([^${}]{1,200})\}/gu;
const MAX_VALUE = 1_000;
const MAX_DEPTH = 20;
/** Of the project or its parent; `pom.` and no prefix are of Maven 2. */
const COORDINATES = ['groupId', 'artifactId', 'version'] as const;

/** The values that a `pom.xml` itself gives to `${…}`. Each is worked out once, so that values within values cannot multiply. */
export class PomProperties {
  private readonly stated = new Map<string, string>();
  private readonly known = new Map<string, string | null>();

  constructor(project: XmlElement) {
    const parent = childOf(project, 'parent');
    for (const name of COORDINATES) {
      const ofParent = textOfChild(parent, name);
      const own = textOfChild(project, name) ?? (name === 'artifactId' ? null : ofParent);
      for (const prefix of ['project.', 'pom.', '']) this.state(`${prefix}${name}`, own);
      for (const prefix of ['project.parent.', 'parent.']) this.state(`${prefix}${name}`, ofParent);
    }
    for (const { name, text } of childOf(project, 'properties')?.children ?? []) {
      this.state(name, text.trim());
    }
  }

  private state(name: string, value: string | null): void {
    if (value !== null) this.stated.set(name, value);
  }

  /** `null` where a value is not in this file, refers to itself or is longer than any. */
  resolve(text: string, depth = 0): string | null {
    if (!text.includes('${')) return text;
    if (depth > MAX_DEPTH || text.length > MAX_VALUE) return null;
    const names = Array.from(text.matchAll(REFERENCE), ([, name = '']) => name);
    const values = names.map((name) => this.valueOf(name, depth + 1));
    if (values.includes(null)) return null;
    const resolved = text.replace(REFERENCE, () => values.shift() ?? '');
    return resolved.length <= MAX_VALUE && !resolved.includes('${') ? resolved : null;
  }

  private valueOf(name: string, depth: number): string | null {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    // While it is being worked out it has no value, so that a circle has none.
    this.known.set(name, null);
    const stated = this.stated.get(name);
    const value = stated === undefined ? null : this.resolve(stated, depth);
    this.known.set(name, value);
    return value;
  }
}
