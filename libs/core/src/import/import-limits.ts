/** Of one document, over all of its runs. */
export const MAX_RESULTS = 100_000;
export const MAX_RUNS = 100;
/** Brackets within brackets: a report of either kind needs a dozen. */
export const MAX_DEPTH = 64;
/** A log of 100 000 results that quote a line each has 1.3 million. */
export const MAX_VALUES = 6_000_000;
export const MAX_ID_CHARACTERS = 500;
export const MAX_PATH_CHARACTERS = 4_096;
export const MAX_TITLE_CHARACTERS = 300;
export const MAX_TEXT_CHARACTERS = 4_000;
/** It comes with every finding of the rule, and some tools put a whole handbook there. */
export const MAX_REMEDIATION_CHARACTERS = 1_000;
export const MAX_METADATA_CHARACTERS = 32_000;
/** Lists within one result: tags, aliases, suppressions. */
export const MAX_ITEMS = 1_000;
export const MAX_NOTES = 20;
export const MAX_NOTE_CHARACTERS = 300;
export const MAX_NOTICES = 500;
