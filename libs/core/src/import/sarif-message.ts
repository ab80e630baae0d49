import type { JsonReader } from '../json/json-reader';
import { MAX_ITEMS, MAX_TEXT_CHARACTERS } from './import-limits';
import type { SarifRule } from './sarif-rules';
import { tidyField, tidyText } from './tidy-text';

/** A result's message (SARIF 3.11): a text, or the id of one of the rule's, whose `{0}` are filled from the arguments. */
export function messageOf(result: JsonReader, rule: SarifRule): string | null {
  const message = result.field('message');
  if (message.isAbsent) return null;
  const template =
    tidyField(message.field('text'), MAX_TEXT_CHARACTERS) ??
    textOf(rule, message.field('id').optionalString());
  if (template === null) return tidyField(message.field('markdown'), MAX_TEXT_CHARACTERS);
  const given = message.field('arguments').itemsUpTo(MAX_ITEMS);
  return given.length === 0 ? template : tidyText(filled(template, given), MAX_TEXT_CHARACTERS);
}

function textOf(rule: SarifRule, id: string | null): string | null {
  const text = id === null ? undefined : rule.messages.get(id);
  return text === undefined || text === '' ? null : text;
}

/** Each argument is cut, so that a short template cannot blow up to more than it may hold. */
function filled(template: string, given: readonly JsonReader[]): string {
  const longest = Math.ceil(MAX_TEXT_CHARACTERS / 8);
  return template.replace(/\{(\d{1,3})\}/g, (whole, place: string) => {
    const argument = given[Number(place)];
    return argument?.isText === true ? argument.string().slice(0, longest) : whole;
  });
}
