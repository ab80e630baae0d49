import { SEVERITIES, type Severity } from '@securescan/contracts';
import { quoted, type ConfigNode } from './config-node';
import { problemOfUntrimmed } from './line-text';

/** Of each list of rules. */
export const MAX_RULES = 5_000;
const MAX_CHARACTERS = 300;

/**
 * How ids of rules look, ours and those of the tools: `B608`, `CKV_AWS_20`, `dockerfile/DL001`, `@scope/name`,
 * `GHSA-xxxx`, `python:S1234`, `secrets/generic-(classic)`.
 */
const USUAL = /^[\p{L}\p{N}@][\p{L}\p{N}._/:@()+-]*$/u;

/** The id of a rule. One that looks like no id is a warning, because a finding may carry it nevertheless. */
export function readRuleId(node: ConfigNode): string | null {
  const text = node.text();
  if (text === null) return null;
  const problem = problemOfUntrimmed(text, MAX_CHARACTERS);
  if (problem !== null) {
    node.wrong(problem);
    return null;
  }
  if (!USUAL.test(text)) node.wrong(unusual(text), 'warning');
  return text;
}

/** Reads the member `severity_overrides`: ids and the severity that their findings are to have. */
export function readSeverityOverrides(node: ConfigNode): {
  readonly overrides: ReadonlyMap<string, Severity>;
  readonly nodes: ReadonlyMap<string, ConfigNode>;
} {
  const overrides = new Map<string, Severity>();
  const nodes = node.members(MAX_RULES);
  for (const [rule, member] of nodes) {
    const problem = problemOfUntrimmed(rule, MAX_CHARACTERS);
    if (problem !== null) member.misplaced(`names no rule: an id ${problem}`);
    else if (!USUAL.test(rule)) member.misplaced(unusual(rule), 'warning');
    const severity = member.choice(SEVERITIES);
    if (severity !== null) overrides.set(rule, severity);
  }
  return { overrides, nodes };
}

function unusual(text: string): string {
  return `is ${quoted(text)}, which looks like no id of a rule and will match nothing; ids are compared exactly, without patterns`;
}
