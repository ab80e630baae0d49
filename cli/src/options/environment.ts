import type { AdviceOrder } from '@securescan/host-node';
import { availableParallelism } from 'node:os';
import type { ToolSettings } from '@securescan/scan-engine';
import { readAdviceSettings } from './ai-settings';
import { commaWords } from './comma-words';
import { readToolSettings } from './tool-settings';

/** What the environment says to the command line. */
export interface CliEnvironment {
  /** A variable without the spaces around it; the empty text where it is not set. */
  readonly variable: (name: string) => string;
  /** For lines that name no rules themselves. */
  readonly semgrepRules: readonly string[];
  readonly tools: ToolSettings;
  /** Who may be asked for advice; `null` for nobody. */
  readonly advice: AdviceOrder | null;
  readonly isOffline: boolean;
  readonly isSandboxed: boolean;
  readonly isIncompleteAllowed: boolean;
  /** Scanners of one scan that run at the same time. */
  readonly slots: number;
  /** NO_COLOR is set to anything, or the terminal is a dumb one. */
  readonly isColourUnwanted: boolean;
  /** Stacks of defects are shown. */
  readonly isDebug: boolean;
  /** Pins the time that outputs show. */
  readonly fakeNow: Date | null;
  readonly problems: readonly string[];
}

type Source = Readonly<Record<string, string | undefined>>;

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];
const MOST_SLOTS = 256;

/** Reads the variables that the command line knows, once. A value without meaning is a problem, not a default. */
export function readEnvironment(source: Source = process.env): CliEnvironment {
  const problems: string[] = [];
  const get = (name: string): string => (source[name] ?? '').trim();
  return {
    variable: get,
    semgrepRules: commaWords(get('SECURESCAN_SEMGREP_RULES')),
    tools: readToolSettings(get, (name) => readFlag(name, get, problems), problems),
    advice: readAdviceSettings(get, problems),
    isOffline: readFlag('SECURESCAN_OFFLINE', get, problems),
    isSandboxed: readFlag('SECURESCAN_SANDBOX', get, problems),
    isIncompleteAllowed: readFlag('SECURESCAN_ALLOW_INCOMPLETE', get, problems),
    slots: readSlots(get('SECURESCAN_SCAN_SLOTS'), problems),
    isColourUnwanted: (source['NO_COLOR'] ?? '') !== '' || source['TERM'] === 'dumb',
    isDebug: readFlag('SECURESCAN_DEBUG', get, problems),
    fakeNow: readInstant(get('SECURESCAN_FAKE_NOW'), problems),
    problems,
  };
}

function readFlag(name: string, get: (name: string) => string, problems: string[]): boolean {
  const word = get(name).toLowerCase();
  if (YES.includes(word)) return true;
  if (word !== '' && !NO.includes(word)) problems.push(`${name} must be 1 or 0, and is "${word}".`);
  return false;
}

function readSlots(text: string, problems: string[]): number {
  if (text === '') return availableParallelism();
  const slots = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (slots >= 1 && slots <= MOST_SLOTS) return slots;
  problems.push(
    `SECURESCAN_SCAN_SLOTS must be a whole number from 1 to ${MOST_SLOTS}, and is "${text}".`,
  );
  return 1;
}

function readInstant(text: string, problems: string[]): Date | null {
  if (text === '') return null;
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime()) && /(Z|[+-]\d\d:\d\d)$/.test(text)) return instant;
  problems.push(
    `SECURESCAN_FAKE_NOW must be a time such as 2026-01-31T12:00:00Z, and is "${text}".`,
  );
  return null;
}
