import { DefectError } from '../../errors';
import { visibleText } from './visible-text';

/**
 * Markup that this module made. A text is never taken for it: TypeScript refuses any other object, and a string that stands in a
 * template is escaped.
 */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}
export type { Markup };

/** What may stand in a template. `null` is nothing. */
export type MarkupValue = string | number | Markup | readonly Markup[] | null;

/** Where a value stands: between elements, or between the quotes of an attribute. */
type Place = 'text' | 'tag' | 'attribute';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Their content follows rules of its own, so no template may hold one. */
const FORBIDDEN = /<(?:script|style|textarea|title|iframe|noscript|xmp|plaintext)\b|<!--|<!\[/i;

/** A template that was read. */
interface Template {
  /** One more than there are values. */
  readonly parts: readonly string[];
  readonly places: readonly Place[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

/**
 * A piece of HTML. Values between elements and between the double quotes of an attribute are escaped unless they are markup
 * already. Throws DefectError for a template that has a value anywhere else, or markup in an attribute.
 */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const { parts, places } = templates.get(strings) ?? readTemplate(strings);
  let text = parts[0] ?? '';
  for (const [index, value] of values.entries()) {
    text += textOf(value, places[index] ?? 'tag') + (parts[index + 1] ?? '');
  }
  return new Markup(text);
}

/** `html` by another name, for elements that a later piece closes: who formats HTML in a source would close them at once. */
export function piece(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return html(strings, ...values);
}

/** Markup that parts the items of a list: a comma and a space unless another is given. */
export function joined(items: readonly MarkupValue[], between: Markup = html`, `): Markup {
  const texts = items.map((item) => textOf(item, 'text'));
  return new Markup(texts.join(between.toString()));
}

/** A `style` element of a sheet of ours. Its text is not escaped, because a browser would not undo it. */
export function styleElement(sheet: string): Markup {
  if (sheet.includes('<')) throw new DefectError('INVARIANT_BROKEN', 'A style sheet holds "<".');
  return new Markup(`<style>${sheet}</style>`);
}

/** The `title` element, whose text ends only at its own end tag; escaped as any other. */
export function titleElement(title: string): Markup {
  return new Markup(`<title>${escaped(title)}</title>`);
}

function textOf(value: MarkupValue, place: Place): string {
  if (value === null) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (place === 'attribute') {
    throw new DefectError('INVARIANT_BROKEN', 'Markup stands in an attribute.');
  }
  return value instanceof Markup ? value.toString() : value.join('');
}

function escaped(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Finds the place of every value, and takes out the indentation, which is for whoever reads the source. */
function readTemplate(strings: TemplateStringsArray): Template {
  if (strings.some((part) => FORBIDDEN.test(part))) {
    throw new DefectError('INVARIANT_BROKEN', 'A template holds what is not to be in one.');
  }
  const places: Place[] = [];
  let place: Place = 'text';
  for (const part of strings) {
    for (const character of part) place = placeAfter(character, place);
    places.push(place);
  }
  const isBroken = places.pop() !== 'text' || places.includes('tag');
  if (isBroken) {
    throw new DefectError('INVARIANT_BROKEN', 'A value of a template stands within a tag.');
  }
  const parts = strings.map((part) => part.replace(/\s*\n\s*/g, '\n').replace(/> $/, '>\n'));
  const template = { parts, places };
  templates.set(strings, template);
  return template;
}

function placeAfter(character: string, place: Place): Place {
  if (place === 'attribute') return character === '"' ? 'tag' : 'attribute';
  if (place === 'text') return character === '<' ? 'tag' : 'text';
  if (character === '"') return 'attribute';
  return character === '>' ? 'text' : 'tag';
}
