import { isCalendarDate } from './calendar-date';
import type { ConfigNode } from './config-node';
import { readLine } from './line-text';
import { MAX_RULES, readRuleId } from './rule-id';

/** A rule whose findings are suppressed by the project's configuration. */
export interface IgnoredRule {
  /** Compared exactly with the id that a finding carries. */
  readonly rule: string;
  readonly reason: string | null;
  /** `YYYY-MM-DD`, a day that there is. */
  readonly until: string | null;
  /** Where it stands in the configuration, counted from 1. */
  readonly line: number;
}

const MEMBERS = ['rule', 'reason', 'until'] as const;
const MAX_MEMBERS = 20;
const MAX_REASON_CHARACTERS = 500;

/**
 * Reads the member `ignored_rules`: items are ids, or mappings with the reason and the end of it. `today` (`YYYY-MM-DD`) lets
 * what has ended be warned of; the core has no clock.
 */
export function readIgnoredRules(node: ConfigNode, today: string | null): IgnoredRule[] {
  const rules: IgnoredRule[] = [];
  const lines = new Map<string, number>();
  for (const item of node.items(MAX_RULES)) {
    const read = item.isMapping ? readLongForm(item, today) : readShortForm(item);
    if (read === null) continue;
    const earlier = lines.get(read.rule);
    if (earlier === undefined) lines.set(read.rule, read.line);
    else item.wrong(`names ${read.rule}, which stands on line ${earlier} already`, 'warning');
    rules.push(read);
  }
  return rules;
}

function readShortForm(item: ConfigNode): IgnoredRule | null {
  const rule = readRuleId(item);
  return rule === null ? null : { rule, reason: null, until: null, line: item.place.line };
}

function readLongForm(item: ConfigNode, today: string | null): IgnoredRule | null {
  const members = item.members(MAX_MEMBERS);
  for (const [name, member] of members) {
    if (!MEMBERS.some((known) => known === name)) member.unknown(name, 'an ignored rule', MEMBERS);
  }
  const named = members.get('rule');
  if (named === undefined) item.wrong('has no rule; add the id as "rule"');
  const rule = named === undefined ? null : readRuleId(named);
  const reason = readReason(members.get('reason'));
  const until = readUntil(members.get('until'), today);
  return rule === null ? null : { rule, reason, until, line: item.place.line };
}

function readReason(node: ConfigNode | undefined): string | null {
  return node === undefined || node.isNothing ? null : readLine(node, MAX_REASON_CHARACTERS);
}

function readUntil(node: ConfigNode | undefined, today: string | null): string | null {
  if (node === undefined || node.isNothing) return null;
  const text = node.text();
  if (text === null) return null;
  if (!isCalendarDate(text)) {
    node.wrong('must be a day of the calendar, written as 2027-03-01');
    return null;
  }
  // Written so, days compare as texts.
  if (today !== null && text < today) node.wrong(`was ${text}, which is over`, 'warning');
  return text;
}
