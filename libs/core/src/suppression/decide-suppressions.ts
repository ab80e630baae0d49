import type { IgnoredRule } from '../config/ignored-rules';
import type { Suppression } from '../model/suppression';
import type { ScanPolicy } from '../policy/scan-policy';
import type { DirectiveReading, IgnoreDirective } from './read-directives';
import { ruleOwners } from './rule-owners';
import { inOrder, type SuppressionNotice } from './suppression-notice';

/** What decides whether one report is suppressed. */
export interface Suppressible {
  readonly ruleId: string;
  readonly filePath: string | null;
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
}

export interface SuppressionContext {
  readonly policy: Pick<ScanPolicy, 'ignoredRules' | 'isSuppressing' | 'today'>;
  readonly directives: DirectiveReading;
  /** True where the scanner completed and read the file (`null`: any file): what it does not report is not there. */
  readonly hasCovered: (scanner: string, filePath: string | null) => boolean;
}

export interface SuppressionDecisions {
  /** For each report, in the order of the input. */
  readonly suppressions: readonly (Suppression | null)[];
  readonly notices: readonly SuppressionNotice[];
}

/**
 * Decides by comments and configuration which reports are suppressed, the comment first (ADR 0021). What has expired suppresses
 * nothing. Tells what did nothing, as far as that can be known. Pure.
 */
export function decideSuppressions(
  reports: readonly Suppressible[],
  context: SuppressionContext,
): SuppressionDecisions {
  const { policy, directives } = context;
  if (!policy.isSuppressing) return { suppressions: reports.map(() => null), notices: [] };
  const comments = new Comments(directives.directives, policy.today);
  const rules = new IgnoredRules(policy.ignoredRules, policy.today);
  const suppressions = reports.map((report) => comments.suppress(report) ?? rules.suppress(report));
  const malformed = directives.problems.map(({ filePath, line, message }): SuppressionNotice => ({
    kind: 'malformed',
    source: 'inline',
    filePath,
    line,
    rule: null,
    message,
  }));
  return {
    suppressions,
    notices: inOrder([...malformed, ...comments.notices(context), ...rules.notices(context)]),
  };
}

function hasExpired(until: string | null, today: string): boolean {
  return until !== null && until < today;
}

class Comments {
  private readonly byFile = new Map<string, IgnoreDirective[]>();
  private readonly matched = new Set<IgnoreDirective>();

  constructor(
    private readonly all: readonly IgnoreDirective[],
    private readonly today: string,
  ) {
    for (const directive of all) {
      const known = this.byFile.get(directive.filePath);
      if (known === undefined) this.byFile.set(directive.filePath, [directive]);
      else known.push(directive);
    }
  }

  suppress(report: Suppressible): Suppression | null {
    let holding: IgnoreDirective | null = null;
    for (const directive of this.covering(report)) {
      this.matched.add(directive);
      if (!hasExpired(directive.until, this.today)) holding ??= directive;
    }
    return holding === null ? null : { kind: 'inline', reason: holding.reason };
  }

  private covering({ ruleId, filePath, lineStart, lineEnd }: Suppressible): IgnoreDirective[] {
    if (filePath === null || lineStart === null) return [];
    const last = Math.max(lineStart, lineEnd ?? lineStart);
    return (this.byFile.get(filePath) ?? []).filter(
      ({ coversLine, rules }) =>
        coversLine >= lineStart &&
        coversLine <= last &&
        (rules.includes(ruleId) || rules[0] === '*'),
    );
  }

  notices({ hasCovered }: SuppressionContext): SuppressionNotice[] {
    return this.all.flatMap((directive): SuppressionNotice[] => {
      const { filePath, line, until, rules } = directive;
      const place = { source: 'inline', filePath, line, rule: rules.join(', ') } as const;
      if (hasExpired(until, this.today)) {
        const message = `it held until ${until ?? ''} and suppresses nothing any more; remove it or give it a later day`;
        return [{ ...place, kind: 'expired', message }];
      }
      const couldMatch = rules.every((rule) => isCovered(rule, filePath, hasCovered));
      if (this.matched.has(directive) || !couldMatch) return [];
      const message = 'nothing that it names is found there; remove it';
      return [{ ...place, kind: 'unused', message }];
    });
  }
}

class IgnoredRules {
  private readonly byRule: ReadonlyMap<string, IgnoredRule>;
  private readonly matched = new Set<string>();

  constructor(
    private readonly all: readonly IgnoredRule[],
    private readonly today: string,
  ) {
    this.byRule = new Map(
      all.filter(({ until }) => !hasExpired(until, today)).map((item) => [item.rule, item]),
    );
  }

  suppress({ ruleId }: Suppressible): Suppression | null {
    const item = this.byRule.get(ruleId);
    if (item === undefined) return null;
    this.matched.add(ruleId);
    return { kind: 'config', reason: item.reason };
  }

  notices({ hasCovered }: SuppressionContext): SuppressionNotice[] {
    return this.all.flatMap(({ rule, until, line }): SuppressionNotice[] => {
      const place = { source: 'config', filePath: null, line, rule } as const;
      if (hasExpired(until, this.today)) {
        const message = `ignored_rules holds ${rule} until ${until ?? ''}, which is over; remove it or give it a later day`;
        return [{ ...place, kind: 'expired', message }];
      }
      if (this.matched.has(rule) || !isCovered(rule, null, hasCovered)) return [];
      const message = `ignored_rules holds ${rule}, which nothing reports; remove it`;
      return [{ ...place, kind: 'unused', message }];
    });
  }
}

/** Every scanner that the rule may belong to has looked; of `*` nobody knows whom it means. */
function isCovered(
  rule: string,
  filePath: string | null,
  hasCovered: SuppressionContext['hasCovered'],
): boolean {
  return rule !== '*' && ruleOwners(rule).every((scanner) => hasCovered(scanner, filePath));
}
