import { compareCodePoints, escapeControls } from '@securescan/core';
import type { CliEnvironment } from '../options/environment';
import { EXPLAINED_VARIABLES, withoutUser } from '../options/explained-variables';
import type { Setting, SettingSource } from '../options/setting';
import { SETTING_NAMES, type Settings } from '../options/settings';
import { renderColumns } from './columns';

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly source: SettingSource;
  readonly detail: string | null;
}

interface Explanation {
  readonly settings: Settings;
  readonly environment: CliEnvironment;
  /** The configuration in use, as shown; `null` for none. */
  readonly config: string | null;
}

const HEADINGS = ['Setting', 'Value', 'Source', 'Where'] as const;
const MAX_VALUE_CHARACTERS = 80;

/** Every setting as a table for people: value, kind of source, place. Ends in a newline. */
export function renderSettingsTable(explanation: Explanation): string {
  const rows = rowsOf(explanation).map(({ name, value, source, detail }) => [
    name,
    wordsOf(value),
    source,
    detail ?? '-',
  ]);
  const config = escapeControls(explanation.config ?? 'none');
  return `Configuration: ${config}\n\n${renderColumns(HEADINGS, rows)}`;
}

/** The same for programs. Lists are whole, and maps are objects. */
export function renderSettingsJson(explanation: Explanation): string {
  const settings = rowsOf(explanation).map((row) => ({ ...row, value: plain(row.value) }));
  return `${JSON.stringify({ config: explanation.config, settings }, null, 2)}\n`;
}

function rowsOf({ settings, environment }: Explanation): Row[] {
  const decided = SETTING_NAMES.map((name): Row => {
    const { value, source, detail }: Setting<unknown> = settings[name];
    const isAddress = name === 'target_url' && typeof value === 'string';
    return { name, value: isAddress ? withoutUser(value) : value, source, detail };
  });
  const named = EXPLAINED_VARIABLES.map(({ name, variable, show }): Row => {
    const text = environment.variable(variable);
    const source = text === '' ? 'default' : 'environment';
    return {
      name,
      value: show(text, environment.tools),
      source,
      detail: text === '' ? null : variable,
    };
  });
  return [...decided, ...named];
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = Array.from<[unknown, unknown], [string, unknown]>(value, ([key, item]) => [
    String(key),
    item,
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => compareCodePoints(a, b)));
}

function wordsOf(value: unknown): string {
  const words = fullWordsOf(value);
  return words.length > MAX_VALUE_CHARACTERS
    ? `${words.slice(0, MAX_VALUE_CHARACTERS - 1)}…`
    : words;
}

function fullWordsOf(value: unknown): string {
  if (value === null) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value instanceof Map) return wordsOfList([...value].map((pair) => pair.join('=')));
  if (Array.isArray(value)) return wordsOfList(value.map(wordOfItem));
  if (typeof value === 'object') {
    return wordsOfList(
      Object.entries(value).flatMap(([name, list]: [string, unknown]) =>
        Array.isArray(list) && list.length > 0 ? [`${name}: ${list.join(' ')}`] : [],
      ),
    );
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function wordsOfList(words: readonly string[]): string {
  return words.length === 0 ? '-' : words.join(', ');
}

function wordOfItem(item: unknown): string {
  return typeof item === 'object' && item !== null && 'rule' in item
    ? String(item.rule)
    : String(item);
}
