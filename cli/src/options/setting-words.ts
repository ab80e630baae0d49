import {
  SCAN_TYPES,
  type ScanType,
  OUTPUT_FORMATS,
  type OutputFormat,
} from '@securescan/contracts';
import { formatNameOf, projectNameProblem } from '@securescan/core';
import { commaWords } from './comma-words';
import type { Meaning } from './setting';

/** One of the words; a problem, and `otherwise`, for any other. */
export function choiceOf<T extends string, U = T>(
  allowed: readonly T[],
  otherwise: U,
): Meaning<T | U> {
  return (words, where, problems) => {
    const word = words.at(-1) ?? '';
    const choice = allowed.find((item) => item === word);
    if (choice !== undefined) return choice;
    problems.push(`${where} takes ${allowed.join(', ')}, and not "${word}".`);
    return otherwise;
  };
}

/** As `choiceOf`, in upper or lower case. */
export function choiceInAnyCase<T extends string, U = T>(
  allowed: readonly T[],
  otherwise: U,
): Meaning<T | U> {
  const meaning = choiceOf(allowed, otherwise);
  return (words, ...rest) =>
    meaning(
      words.map((word) => word.toLowerCase()),
      ...rest,
    );
}

/** A format that the command writes, by its name or one that other programs have for it. */
export function formatOf(formats: readonly OutputFormat[]): Meaning<OutputFormat> {
  return (words, where, problems) => {
    const word = formatNameOf(words.at(-1) ?? '');
    const format = formats.find((known) => known === word);
    if (format !== undefined) return format;
    const isOfOthers = OUTPUT_FORMATS.some((known) => known === word);
    const problem = isOfOthers ? `this command cannot write ${word}` : `and not "${word}"`;
    problems.push(`${where} takes ${formats.join(', ')}, ${isOfOthers ? 'as ' : ''}${problem}.`);
    return 'text';
  };
}

/** Types, several with commas between or word by word; in the order of all types, each once. */
export const scanTypesOf: Meaning<readonly ScanType[]> = (words, where, problems) => {
  const named = words.flatMap(commaWords);
  if (named.length === 0) problems.push(`${where} takes ${SCAN_TYPES.join(', ')}, and names none.`);
  const read = choiceOf(SCAN_TYPES, null);
  const chosen = named.map((word) => read([word], where, problems));
  return SCAN_TYPES.filter((type) => chosen.includes(type));
};

export const textOf: Meaning<string | null> = (words, where, problems) => {
  const text = words.at(-1)?.trim() ?? '';
  if (text === '') problems.push(`${where} is empty; give it a value or leave it out.`);
  return text === '' ? null : text;
};

export const projectNameOf: Meaning<string | null> = (words, where, problems) => {
  const name = words.at(-1) ?? '';
  const problem = projectNameProblem(name);
  if (problem !== null) problems.push(`${where} ${problem}.`);
  return problem === null ? name : null;
};

export const wordsOf: Meaning<readonly string[]> = (words) => words;

export const namesOf: Meaning<readonly string[]> = (words) => words.flatMap(commaWords);

export const countOf: Meaning<number | null> = (words, where, problems) => {
  const word = words.at(-1) ?? '';
  if (/^\d{1,9}$/u.test(word)) return Number(word);
  problems.push(`${where} takes a whole number from 0 to 999999999, and not "${word}".`);
  return null;
};
