import type { ParsedFinding } from '@securescan/core';
import type { Observation } from './rule';
import { shownUrl } from './shown-url';

/** An observation and the answer in which it was made. */
export interface Seen {
  readonly observation: Observation;
  readonly url: URL;
  /** About the connection to the host, whatever path was asked for. */
  readonly isOfHost?: boolean;
}

const MAX_URLS = 11;

/**
 * One finding for each rule and identity, in the order in which they were first seen: what several answers under one path have
 * in common, over http and then over https, is one defect.
 */
export function toFindings(seen: readonly Seen[], target: URL): ParsedFinding[] {
  const groups = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = JSON.stringify([one.observation.rule.id, identityOf(one, target)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return Array.from(groups.values(), (group) => toFinding(group, target)).flat();
}

function toFinding(group: readonly Seen[], target: URL): ParsedFinding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { rule, detail, severity = rule.severity, facts = {} } = first.observation;
  const urls = [...new Set(group.map(({ url }) => shownUrl(url)))].slice(0, MAX_URLS);
  return [
    {
      ruleId: rule.id,
      severity,
      title: rule.title,
      description: detail === '' ? rule.description : `${rule.description} ${detail}`,
      filePath: null,
      lineStart: null,
      lineEnd: null,
      cwe: rule.cwe,
      remediation: rule.remediation,
      metadata: {
        ...facts,
        target_url: shownUrl(target),
        urls,
        references: [...rule.references],
      },
      discriminator: identityOf(first, target),
    },
  ];
}

/** `GET /path name`; with its host where that is not the target's (D1). Query strings change too often to be part of it. */
function identityOf({ observation, url, isOfHost }: Seen, target: URL): string {
  const host = url.host === target.host ? '' : `//${url.host}`;
  if (isOfHost !== true) return `GET ${host}${url.pathname} ${observation.subject}`;
  return host === '' ? `TLS ${observation.subject}` : `TLS ${host} ${observation.subject}`;
}
