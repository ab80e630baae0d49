import { SaxesParser } from 'saxes';

/** An element of an XML document, without attributes of namespaces. */
export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text, without that of the elements in it. */
  text: string;
  readonly children: XmlElement[];
}

const MAX_DEPTH = 40;
const MAX_ELEMENTS = 1_000_000;
/** The parser is asked after each so many characters whether it has failed. */
const CHUNK = 1_024;

/**
 * The root of a document; `null` for what is not well-formed, too deep or too large. No entity but the five of XML itself means
 * anything, and a DOCTYPE nothing at all, so nothing grows and nothing is fetched.
 */
export function readXml(text: string): XmlElement | null {
  const tree = new TreeBuilder();
  const parser = new SaxesParser();
  parser.on('error', () => tree.fail());
  parser.on('opentag', ({ name, attributes }) => tree.open(localName(name), attributes));
  parser.on('closetag', () => tree.close());
  parser.on('text', (part) => tree.addText(part));
  parser.on('cdata', (part) => tree.addText(part));
  for (let start = 0; start < text.length && !tree.hasFailed; start += CHUNK) {
    parser.write(text.slice(start, start + CHUNK));
  }
  if (!tree.hasFailed) parser.close();
  return tree.hasFailed ? null : tree.root;
}

class TreeBuilder {
  root: XmlElement | null = null;
  hasFailed = false;
  private elements = 0;
  private readonly within: XmlElement[] = [];

  fail(): void {
    this.hasFailed = true;
  }

  open(name: string, attributes: XmlElement['attributes']): void {
    this.elements += 1;
    if (this.elements > MAX_ELEMENTS || this.within.length >= MAX_DEPTH) this.hasFailed = true;
    if (this.hasFailed) return;
    const element = { name, attributes, text: '', children: [] };
    this.within.at(-1)?.children.push(element);
    this.root ??= element;
    this.within.push(element);
  }

  close(): void {
    this.within.pop();
  }

  addText(part: string): void {
    const element = this.within.at(-1);
    if (element !== undefined) element.text += part;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function childrenOf(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null;
}

/** The text of a child; `null` where there is none. */
export function textOfChild(element: XmlElement | null, name: string): string | null {
  const text = childOf(element, name)?.text.trim() ?? '';
  return text === '' ? null : text;
}
