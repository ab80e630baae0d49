import type { FindingOverviewBody, FindingWithStateBody } from '@securescan/contracts';
import type { CommandContext } from '../command-context';
import type { TriageListWords } from '../grammar/triage';
import { interruptible } from '../interruption';
import { requireServerAccess } from '../options/server-access';
import { checkFingerprints, readListFilters, readProject } from '../options/triage-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { placeWords, renderFindingsTable, type FindingRow } from '../output/findings-table';
import { StdoutSink } from '../output/sink';
import { writeNotice, type Terminal } from '../output/terminal';
import { clientOf } from '../remote/client';
import {
  findingsByFingerprint,
  listFindings,
  newestScanOf,
  type Asking,
  type ListedFindings,
} from '../remote/list-findings';

const MAX_FINGERPRINTS = 500;

/** `securescan triage list`: findings of a scan, or by their fingerprints, with the verdicts that count. */
export async function runTriageListCommand(
  { fingerprints, flags }: TriageListWords,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, environment, cwd } = context;
  const problems: string[] = [];
  const access = requireServerAccess(flags, { variable: environment.variable, cwd }, problems);
  const filters = readListFilters(flags, problems);
  checkFingerprints(fingerprints, problems);
  if (fingerprints.length > MAX_FINGERPRINTS) problems.push('Name at most 500 fingerprints.');
  // A scan has its project.
  const project = flags.scan === undefined ? await readProject(flags, context, problems) : null;
  if (problems.length > 0) throw new UsageError(problems);
  const list = async (asking: Asking): Promise<void> => {
    if (fingerprints.length > 0) {
      const found = await findingsByFingerprint(fingerprints, project, asking);
      return show(found, found.map(rowOfOverview));
    }
    const scan = flags.scan ?? (await newestScanOf(project ?? '', asking));
    const listed = await listFindings(scan, filters, asking);
    await show(listed.findings, listed.findings.map(rowOfFinding));
    tellRest(listed, terminal);
  };
  const show = (bodies: readonly object[], rows: readonly FindingRow[]): Promise<void> =>
    new StdoutSink(terminal.stdout).write([
      flags.json === true ? `${JSON.stringify(bodies, null, 2)}\n` : renderFindingsTable(rows),
    ]);
  await interruptible(
    (signal) => list([clientOf(access), signal]),
    () => undefined,
  );
  return EXIT_CODES.clean;
}

function tellRest({ findings, isCut }: ListedFindings, terminal: Terminal): void {
  if (isCut) writeNotice(terminal, `there are more than ${findings.length}; see --limit`);
  if (findings.length === 0) writeNotice(terminal, 'no finding is like that');
}

function rowOfFinding(finding: FindingWithStateBody): FindingRow {
  return {
    fingerprint: finding.fingerprint,
    severity: finding.severity,
    verdict: finding.state?.status ?? 'new',
    rule: `${finding.scanner} ${finding.rule_id}`,
    place: placeWords(finding.file_path, finding.line_start),
    title: finding.title,
  };
}

/** Where only verdicts are left, the rest is unknown. */
function rowOfOverview({ fingerprint, state, latest }: FindingOverviewBody): FindingRow {
  return {
    fingerprint,
    severity: latest?.severity ?? null,
    verdict: state?.status ?? 'new',
    rule: latest === null ? '-' : `${latest.scanner} ${latest.rule_id}`,
    place: placeWords(latest?.file_path, latest?.line_start),
    title: latest?.title ?? '-',
  };
}
