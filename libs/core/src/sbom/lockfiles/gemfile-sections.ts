export interface GemSpec {
  readonly name: string;
  readonly version: string;
  /** `null` for the gem that runs everywhere. */
  readonly platform: string | null;
  readonly needs: string[];
}

/** One section of a `Gemfile.lock` that names gems, which all come from one place. */
export interface GemSource {
  readonly kind: 'GEM' | 'GIT' | 'PATH' | 'PLUGIN SOURCE';
  readonly remotes: string[];
  revision: string | null;
  readonly specs: GemSpec[];
}

export interface GemfileSections {
  readonly sources: readonly GemSource[];
  /** Names of what the `Gemfile` asks for; `null` where that is not said. */
  readonly dependencies: readonly string[] | null;
  /** `sha256=…` by `name (version-platform)`. */
  readonly checksums: ReadonlyMap<string, string>;
  /** Lines that have no place in a lock file. */
  readonly unread: number;
}

const SECTION = /^[A-Z][A-Z ]{1,30}$/u;
const SOURCES: readonly string[] = ['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'];
/** As bundler reads it: what stands behind the first hyphen of the version is a platform. */
const SPEC = /^ {4}([^\s()]{1,300}) \(([^-()\s]{1,200})(?:-([^()\s]{1,200}))?\)$/u;
const NEED = /^ {6}([^\s()]{1,300})(?: \(|$)/u;
const DEPENDENCY = /^ {2}([^\s()!]{1,300})(?: \(|!|$)/u;
const CHECKSUM = /^ {2}([^\s()]{1,300} \([^()\s]{1,400}\)) (\S{1,400})$/u;
const ATTRIBUTE = /^ {2}([a-z]{1,20}): ?(.*)$/u;

/** Splits a `Gemfile.lock` into what its sections say. */
export function readGemfileSections(lines: readonly string[]): GemfileSections {
  const reader = new SectionReader();
  for (const line of lines) reader.read(line.trimEnd());
  return reader;
}

class SectionReader implements GemfileSections {
  readonly sources: GemSource[] = [];
  dependencies: string[] | null = null;
  readonly checksums = new Map<string, string>();
  unread = 0;
  private section = '';

  read(line: string): void {
    if (line === '') return;
    if (SECTION.test(line)) this.begin(line);
    else if (!this.isUnderstood(line)) this.unread += 1;
  }

  private begin(section: string): void {
    this.section = section;
    if (section === 'DEPENDENCIES') this.dependencies ??= [];
    if (!SOURCES.includes(section)) return;
    const kind = section as GemSource['kind'];
    this.sources.push({ kind, remotes: [], revision: null, specs: [] });
  }

  private isUnderstood(line: string): boolean {
    if (SOURCES.includes(this.section)) return this.readSource(line);
    if (this.section === 'DEPENDENCIES') {
      const name = DEPENDENCY.exec(line)?.[1];
      if (name !== undefined) this.dependencies?.push(name);
      return name !== undefined;
    }
    if (this.section === 'CHECKSUMS') {
      const [, gem, hash] = CHECKSUM.exec(line) ?? [];
      if (gem !== undefined && hash !== undefined) this.checksums.set(gem, hash);
    }
    return this.section !== '';
  }

  private readSource(line: string): boolean {
    const source = this.sources.at(-1);
    return source !== undefined && (readSpec(line, source) || readAttribute(line, source));
  }
}

function readSpec(line: string, { specs }: GemSource): boolean {
  const [, name, version, platform = null] = SPEC.exec(line) ?? [];
  if (name !== undefined && version !== undefined) {
    specs.push({ name, version, platform, needs: [] });
    return true;
  }
  const need = NEED.exec(line)?.[1];
  if (need !== undefined) specs.at(-1)?.needs.push(need);
  return need !== undefined;
}

function readAttribute(line: string, source: GemSource): boolean {
  const [, name, value = ''] = ATTRIBUTE.exec(line) ?? [];
  if (name === 'remote') source.remotes.push(value);
  if (name === 'revision') source.revision = value;
  return name !== undefined;
}
