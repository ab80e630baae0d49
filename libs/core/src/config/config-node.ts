import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ParsedNode,
} from 'yaml';

const TOO_DEEP = 'it is nested too deeply';

/** Something wrong in a configuration, with its place: both numbers count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One value of a configuration and where it stands. Reading it never throws: what is wrong is kept in `problems`. */
export class ConfigNode {
  private constructor(
    private readonly source: Source,
    private readonly name: string,
    private readonly node: ParsedNode | null,
    /** Of the name; of the value where it has none. */
    private readonly offset: number,
  ) {}

  /** The top of a YAML text. Aliases are never followed, so that a short text cannot stand for a huge one. */
  static parse(text: string, problems: ConfigProblem[]): ConfigNode {
    const lines = new LineCounter();
    const source = { lines, problems };
    const document = parseYaml(text, lines);
    if (document === null) {
      problems.push({ line: 1, column: 1, message: TOO_DEEP });
      return new ConfigNode(source, '', null, 0);
    }
    const top = new ConfigNode(source, '', document.contents, 0);
    for (const { code, message, pos } of document.errors) {
      top.complain(code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : sentenceOf(message), pos[0]);
    }
    return top;
  }

  /**
   * The members by name, in the order of the text; empty where it is no mapping, which is a problem unless there is nothing at
   * all at the top.
   */
  members(): ReadonlyMap<string, ConfigNode> {
    const members = new Map<string, ConfigNode>();
    if (!isMap<ParsedNode, ParsedNode | null>(this.node)) {
      if (this.name !== '' || !isNothing(this.node)) this.wrong('must be a mapping');
      return members;
    }
    for (const { key, value } of this.node.items) {
      const offset = key.range[0];
      if (isScalar(key) && typeof key.value === 'string') {
        members.set(key.value, new ConfigNode(this.source, this.nameOf(key.value), value, offset));
      } else this.complain('a name must be a text', offset);
    }
    return members;
  }

  /** The items of a list. Anything else is a problem. */
  items(): ConfigNode[] {
    if (!isSeq<ParsedNode>(this.node)) {
      this.wrong('must be a list');
      return [];
    }
    return this.node.items.map(
      (item, index) =>
        new ConfigNode(this.source, `${this.name}[${String(index)}]`, item, item.range[0]),
    );
  }

  /** A text; `null`, and a problem, where it is anything else. */
  text(): string | null {
    if (isScalar(this.node) && typeof this.node.value === 'string') return this.node.value;
    this.wrong('must be a text');
    return null;
  }

  /** Records that this value cannot stay as it is; the words follow its name. */
  wrong(message: string): void {
    // A value that was left out stands behind its name, on no place of its own.
    const place = isNothing(this.node) ? null : this.node?.range[0];
    this.complain(`${this.subject} ${message}`, place ?? this.offset);
  }

  /** Records that there should be no member of this name. */
  unknown(message: string): void {
    this.complain(`${this.subject} is not known; ${message}`, this.offset);
  }

  private get subject(): string {
    return this.name === '' ? 'the top level' : `"${this.name}"`;
  }

  private nameOf(member: string): string {
    return this.name === '' ? member : `${this.name}.${member}`;
  }

  private complain(message: string, offset: number): void {
    const { line, col } = this.source.lines.linePos(offset);
    this.source.problems.push({ line: Math.max(1, line), column: Math.max(1, col), message });
  }
}

interface Source {
  readonly lines: LineCounter;
  readonly problems: ConfigProblem[];
}

function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  } catch {
    // Expected: brackets within brackets, until the library runs out of stack.
    return null;
  }
}

function isNothing(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** Ours begin small and have no full stop, because they stand behind a place. */
function sentenceOf(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return `it is not valid YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
