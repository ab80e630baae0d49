import { Tokenizer } from 'htmlparser2';

/** A start tag: its name in lower case, its attributes by lower-case name, their entities decoded. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What the rules want to know of a document. */
export interface HtmlFacts {
  /** The elements that load something or send something, in the order of the document. */
  readonly tags: readonly Tag[];
  /** `href` of the first `base` that has one. */
  readonly base: string | null;
  /** Policies in `meta` elements. */
  readonly policies: readonly string[];
  /** Content of `<meta name="referrer">`. */
  readonly referrerPolicies: readonly string[];
}

const LOADING: ReadonlySet<string> = new Set([
  'audio',
  'button',
  'embed',
  'form',
  'frame',
  'iframe',
  'img',
  'input',
  'link',
  'object',
  'script',
  'source',
  'track',
  'video',
]);
const MAX_TAGS = 20_000;
const MAX_METAS = 20;

/**
 * Reads start tags alone: no tree is built, so the time is linear in the length of the text however deep it nests. Beyond
 * 20 000 tags that load something, it looks at no more.
 */
export function readHtml(text: string): HtmlFacts {
  const tags: Tag[] = [];
  const metas: Tag[] = [];
  let base: string | null = null;
  new TagReader(text, (tag) => {
    if (tag.name === 'base') base ??= tag.attributes.get('href') ?? null;
    if (isPolicy(tag) && metas.length < MAX_METAS) metas.push(tag);
    if (LOADING.has(tag.name) && tags.length < MAX_TAGS) tags.push(tag);
  }).read();
  return {
    tags,
    base,
    policies: contentsOf(metas, 'http-equiv', 'content-security-policy'),
    referrerPolicies: contentsOf(metas, 'name', 'referrer'),
  };
}

/** Pages have many other `meta` elements, in front of these too. */
function isPolicy({ name, attributes }: Tag): boolean {
  if (name !== 'meta') return false;
  const isEquivalent = attributes.has('http-equiv');
  return isEquivalent || attributes.get('name')?.trim().toLowerCase() === 'referrer';
}

function contentsOf(metas: readonly Tag[], attribute: string, value: string): string[] {
  return metas
    .filter(({ attributes }) => attributes.get(attribute)?.trim().toLowerCase() === value)
    .flatMap(({ attributes }) => attributes.get('content') ?? []);
}

/** The library's tokenizer; its parser keeps a stack whose cost grows with the square of the depth. */
class TagReader {
  private tagName = '';
  private attributeName = '';
  private attributeValue = '';
  private attributes = new Map<string, string>();

  constructor(
    private readonly text: string,
    private readonly onTag: (tag: Tag) => void,
  ) {}

  read(): void {
    const tokenizer = new Tokenizer({ decodeEntities: true }, this);
    tokenizer.write(this.text);
    tokenizer.end();
  }

  onopentagname(start: number, end: number): void {
    this.tagName = this.text.slice(start, end).toLowerCase();
    this.attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.text.slice(start, end).toLowerCase();
    this.attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.attributeValue += this.text.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.attributeValue += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    // Of two attributes with one name the first holds.
    if (!this.attributes.has(this.attributeName)) {
      this.attributes.set(this.attributeName, this.attributeValue);
    }
  }

  onopentagend(): void {
    this.onTag({ name: this.tagName, attributes: this.attributes });
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  /** What follows is text and end tags, of which nothing is asked. */
  oncdata(): void {
    return;
  }

  onclosetag(): void {
    return;
  }

  oncomment(): void {
    return;
  }

  ondeclaration(): void {
    return;
  }

  onend(): void {
    return;
  }

  onprocessinginstruction(): void {
    return;
  }

  ontext(): void {
    return;
  }

  ontextentity(): void {
    return;
  }
}
