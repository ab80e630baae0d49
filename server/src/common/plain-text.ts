/** What a path or a name given by a caller may hold at most. */
export const MAX_PATH_LENGTH = 4096;

export const NO_CONTROL_CHARACTERS = /^\P{Cc}+$/u;
export const PLAIN_TEXT = { message: '$property must not contain control characters' };
