import type { JsonReader } from '../json/json-reader';
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_REMEDIATION_CHARACTERS,
  MAX_TEXT_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from './import-limits';
import { securitySeverityIn } from './sarif-severity';
import { weaknessesOfTags, weaknessOfReference, type Taxonomies } from './sarif-weakness';
import { firstSentenceOf, tidyField, tidyText } from './tidy-text';

/** What a run's tool says of one of its rules (SARIF 3.49). */
export interface SarifRule {
  readonly id: string;
  /** `null` where it says nothing that a person could read. */
  readonly title: string | null;
  readonly remediation: string | null;
  readonly helpUri: string | null;
  readonly level: string | null;
  readonly score: number | null;
  readonly tags: readonly string[];
  readonly cwe: string | null;
  /** By message id. */
  readonly messages: ReadonlyMap<string, string>;
}

/** Of a rule that the tool tells nothing of. */
const UNKNOWN: Omit<SarifRule, 'id'> = {
  title: null,
  remediation: null,
  helpUri: null,
  level: null,
  score: null,
  tags: [],
  cwe: null,
  messages: new Map(),
};

/** The rules of a run's driver and of its extensions. */
export class SarifRules {
  private readonly byId = new Map<string, SarifRule>();
  /** The driver first, then the extensions in their order. */
  private readonly components: readonly (readonly SarifRule[])[];

  constructor(tool: JsonReader, taxonomies: Taxonomies) {
    const components = [tool.field('driver'), ...tool.field('extensions').itemsUpTo(MAX_ITEMS)];
    this.components = components.map((component) =>
      component
        .field('rules')
        .optionalItems()
        .map((rule) => readRule(rule, taxonomies)),
    );
    for (const rule of this.components.flat()) {
      if (!this.byId.has(rule.id)) this.byId.set(rule.id, rule);
    }
  }

  /** The rule that a result names, by index or by id (SARIF 3.27.5 to 3.27.7), under the id that the result gives it. */
  of(result: JsonReader): SarifRule {
    const reference = result.field('rule');
    const told = result.field('ruleId').isAbsent
      ? optional(reference, 'id')
      : result.field('ruleId');
    const indexed = this.atIndex(result, reference);
    if (told === null || told.isAbsent) {
      if (indexed === null) throw result.refusal('a result that names its rule');
      return indexed;
    }
    const id = told.stringUpTo(MAX_ID_CHARACTERS).toWellFormed();
    const rule = indexed ?? this.byId.get(id) ?? this.byId.get(parentOf(id)) ?? UNKNOWN;
    return { ...rule, id };
  }

  private atIndex(result: JsonReader, reference: JsonReader): SarifRule | null {
    const index = result.field('ruleIndex').isAbsent
      ? optional(reference, 'index')
      : result.field('ruleIndex');
    if (index === null || index.isAbsent) return null;
    const component = optional(reference, 'toolComponent');
    const place = component === null ? null : optional(component, 'index');
    const rules = this.components[place === null || place.isAbsent ? 0 : place.integer() + 1];
    return rules?.[index.integer()] ?? null;
  }
}

/** `CA1000/1` stands below `CA1000`. */
function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('/')));
}

function optional(object: JsonReader, name: string): JsonReader | null {
  return object.isAbsent ? null : object.field(name);
}

/** The text of a message (SARIF 3.11) or of one that has several formats. */
export function textIn(message: JsonReader, limit: number): string | null {
  return message.isAbsent ? null : tidyField(message.field('text'), limit);
}

export function tagsIn(properties: JsonReader): string[] {
  if (properties.isAbsent || !properties.field('tags').isList) return [];
  const tags = properties.field('tags').itemsUpTo(MAX_ITEMS);
  return tags.flatMap((tag) => (tag.isText ? tidyText(tag.string(), MAX_ID_CHARACTERS) : []));
}

function readRule(rule: JsonReader, taxonomies: Taxonomies): SarifRule {
  const id = rule.field('id').stringUpTo(MAX_ID_CHARACTERS).toWellFormed();
  const properties = rule.field('properties');
  const tags = tagsIn(properties);
  const help = textIn(rule.field('help'), MAX_REMEDIATION_CHARACTERS);
  const full = textIn(rule.field('fullDescription'), MAX_TEXT_CHARACTERS);
  return {
    id,
    title: titleOf(rule, id, full),
    remediation: help === full ? null : help,
    helpUri: webAddress(tidyField(rule.field('helpUri'), MAX_ID_CHARACTERS * 4)),
    level: levelOf(rule.field('defaultConfiguration')),
    score: securitySeverityIn(properties),
    tags,
    cwe: weaknessOf(rule, taxonomies) ?? weaknessesOfTags(tags)[0] ?? null,
    messages: messagesOf(rule.field('messageStrings')),
  };
}

/** Semgrep's short description is but the id of the rule again. */
function titleOf(rule: JsonReader, id: string, full: string | null): string | null {
  const short = textIn(rule.field('shortDescription'), MAX_TITLE_CHARACTERS);
  const name = tidyField(rule.field('name'), MAX_TITLE_CHARACTERS);
  const told = [short, full === null ? null : firstSentenceOf(full), name];
  const title = told.find((text) => text !== null && text !== '' && !text.includes(id));
  return title === undefined || title === null ? null : tidyText(title, MAX_TITLE_CHARACTERS);
}

function weaknessOf(rule: JsonReader, taxonomies: Taxonomies): string | null {
  for (const relation of rule.field('relationships').itemsUpTo(MAX_ITEMS)) {
    const found = weaknessOfReference(relation.field('target'), taxonomies);
    if (found !== null) return found;
  }
  return null;
}

function levelOf(configuration: JsonReader): string | null {
  return configuration.isAbsent ? null : configuration.field('level').optionalString();
}

function messagesOf(strings: JsonReader): ReadonlyMap<string, string> {
  if (strings.isAbsent) return new Map();
  const texts = strings.fieldNames().slice(0, MAX_ITEMS);
  return new Map(texts.map((id) => [id, textIn(strings.field(id), MAX_TEXT_CHARACTERS) ?? '']));
}

function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\//i.test(text) ? text : null;
}
