import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ParsedNode,
} from 'yaml';
import type { ConfigIssues, ConfigLevel, ConfigPlace } from './config-issue';
import { checkShape, TOO_DEEP } from './config-shape';
import { nearestName } from './nearest-name';

/** One value of a configuration and where it stands. Reading it never throws: what is wrong is added to the issues. */
export class ConfigNode {
  private constructor(
    private readonly source: Source,
    /** Dotted path with indexes; empty for the top. */
    readonly location: string,
    private readonly node: ParsedNode | null,
    /** Of the name; of the value where it has none. */
    private readonly offset: number,
  ) {}

  /** The top of a YAML text; `null`, and an issue, where the text cannot be taken apart. */
  static parse(text: string, issues: ConfigIssues): ConfigNode | null {
    const lines = new LineCounter();
    const source = { lines, issues };
    const document = parseYaml(text, lines);
    const top = new ConfigNode(source, '', document?.contents ?? null, 0);
    const complain = (message: string, offset: number): void => {
      top.say('error', null, message, offset);
    };
    if (document === null) {
      complain(TOO_DEEP, 0);
      return null;
    }
    for (const { code, message, pos } of document.errors) {
      complain(OUR_WORDS[code] ?? sentenceOf(message), pos[0]);
    }
    if (document.errors.length > 0) return null;
    return checkShape(document.contents, complain) ? top : null;
  }

  /** Of the name, or of the value where it has none. */
  get place(): ConfigPlace {
    return this.placeOf(this.offset);
  }

  /** Nothing at all, or `null`. */
  get isNothing(): boolean {
    return this.node === null || (isScalar(this.node) && this.node.value === null);
  }

  /**
   * The members by name, in the order of the text; empty where it is no mapping, which is an error unless there is nothing at
   * all at the top. What stands behind a name for the second time is an error, and what stands behind `max` others.
   */
  members(max: number): ReadonlyMap<string, ConfigNode> {
    const members = new Map<string, ConfigNode>();
    if (!isMap<ParsedNode, ParsedNode | null>(this.node)) {
      if (this.location !== '' || !this.isNothing) this.wrong('must be a mapping');
      return members;
    }
    for (const { key, value } of this.node.items) {
      const offset = key.range[0];
      if (!isScalar(key) || typeof key.value !== 'string') {
        if (!isAlias(key)) this.say('error', null, 'a name must be a text', offset);
        continue;
      }
      const member = new ConfigNode(this.source, this.locationOf(key.value), value, offset);
      const earlier = members.get(key.value);
      if (earlier !== undefined) member.misplaced(`stands on line ${earlier.place.line} already`);
      else if (members.size < max) members.set(key.value, member);
      else {
        member.misplaced(`is one too many: there may be ${max} here`);
        break;
      }
    }
    return members;
  }

  /** The items of a list, at most `max`. Anything else is an error. */
  items(max: number): ConfigNode[] {
    if (!isSeq<ParsedNode>(this.node)) {
      this.wrong(this.isNothing ? 'must be a list; write [] for an empty one' : 'must be a list');
      return [];
    }
    const { items } = this.node;
    if (items.length > max) this.wrong(`has more than ${max} items`);
    return items
      .slice(0, max)
      .map(
        (item, index) =>
          new ConfigNode(this.source, `${this.location}[${index}]`, item, item.range[0]),
      );
  }

  get isList(): boolean {
    return isSeq(this.node);
  }

  /** Whether it has members, so that a value may have a short and a long form. */
  get isMapping(): boolean {
    return isMap(this.node);
  }

  /** A text; `null`, and an error, where it is anything else. */
  text(): string | null {
    if (isScalar(this.node) && typeof this.node.value === 'string') return this.node.value;
    const isOther = isScalar(this.node) && this.node.value !== null;
    this.wrong(isOther ? 'must be a text; put it into quotes' : 'must be a text');
    return null;
  }

  /** `true` or `false`; `null`, and an error, where it is anything else. */
  boolean(): boolean | null {
    if (isScalar(this.node) && typeof this.node.value === 'boolean') return this.node.value;
    this.wrong('must be true or false');
    return null;
  }

  /** One of the words; `null`, and an error that names the nearest, where it is anything else. */
  choice<T extends string>(words: readonly T[]): T | null {
    const text = isScalar(this.node) && typeof this.node.value === 'string' ? this.node.value : '';
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const nearest = nearestName(text, words);
    const is = text === '' ? '' : `, and is ${quoted(text)}`;
    const hint = nearest === null ? '' : ` (did you mean ${nearest}?)`;
    this.wrong(`must be one of ${words.join(', ')}${is}${hint}`);
    return null;
  }

  /** Records what is to be said of this value; the words follow its location. */
  wrong(message: string, level: ConfigLevel = 'error'): void {
    // Told already, and there is no value to speak of.
    if (isAlias(this.node)) return;
    // A value that was left out stands behind its name, on no place of its own.
    const place = this.isNothing ? null : this.node?.range[0];
    if (this.location === '') this.say(level, null, `the top level ${message}`, place ?? 0);
    else this.say(level, this.location, message, place ?? this.offset);
  }

  /** Records what is wrong with the name itself. */
  misplaced(message: string, level: ConfigLevel = 'error'): void {
    this.say(level, this.location, message, this.offset);
  }

  /** Records that there is no member of this name among those of its owner. */
  unknown(name: string, owner: string, known: readonly string[]): void {
    const nearest = nearestName(name, known);
    const hint = nearest === null ? '' : ` (did you mean "${nearest}"?)`;
    this.misplaced(`is not known${hint}; ${owner} has ${known.join(', ')}`);
  }

  private locationOf(member: string): string {
    const name = shortened(member);
    return this.location === '' ? name : `${this.location}.${name}`;
  }

  private say(level: ConfigLevel, location: string | null, message: string, offset: number): void {
    this.source.issues.add({ level, ...this.placeOf(offset), location, message });
  }

  private placeOf(offset: number): ConfigPlace {
    const { line, col } = this.source.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

interface Source {
  readonly lines: LineCounter;
  readonly issues: ConfigIssues;
}

/** Where the library's words are about itself. */
const OUR_WORDS: Readonly<Record<string, string>> = {
  RESOURCE_EXHAUSTION: TOO_DEEP,
  MULTIPLE_DOCS: 'it holds more than one document; keep one of them',
};

/** A text between quotation marks, cut where it is long, on one line. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      logLevel: 'error',
      // Whatever a %YAML line says: a date is a text, and `yes` is no truth value.
      schema: 'core',
      // We compare names ourselves: the library compares each one with all before it.
      uniqueKeys: false,
    });
  } catch {
    // Expected: brackets within brackets, until the library runs out of stack.
    return null;
  }
}

/** Ours begin small and have no full stop, because they stand behind a place. */
function sentenceOf(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return `it is not valid YAML: ${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}
