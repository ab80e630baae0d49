import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listOf, objectOf, parsedJson, SecureScanError, textOf } from '@securescan/core';
import { analyse, summaryOf, type Analysis } from './analyse';
import type { CommandLine } from './command-line';
import { serverLink } from './comments/summary-comment';
import { occasionOf, type Occasion } from './event';
import { GitHubApi, type Clock } from './github/github-api';
import type { Inputs, Settings } from './inputs';
import { Log } from './log';
import { outputsOf, writeOutputs } from './outputs';
import { pushScan } from './push-scan';
import { speak, type Spoken } from './speak';
import { uploadSarif } from './upload-sarif';

/** What a run has to do with the world. */
export interface Surroundings {
  readonly runCommand: CommandLine;
  readonly clock: Clock;
  /** Takes a line of the job's log. */
  readonly log: (line: string) => void;
}

const MOST_SUMMARY_CHARACTERS = 900_000;
const MARKERS = /<!-- securescan:[^>]* -->\n?/g;

/**
 * One run of the Action to its exit code, which findings alone decide: what cannot be told is a warning in the log. Rejects with
 * UserError for an event that it can make nothing of.
 */
export async function run(settings: Settings, surroundings: Surroundings): Promise<number> {
  const log = new Log(surroundings.log);
  const { inputs, runner } = settings;
  const occasion = occasionOf(
    objectOf(parsedJson(readFileSync(runner.eventPath, 'utf8'))),
    inputs,
    runner,
  );
  if (occasion.range.kind === 'scan') log.notice(`Everything is scanned: ${occasion.range.why}.`);
  const analysis = await analyse(occasion, settings, surroundings.runCommand);
  tellSkipped(analysis, inputs, log);
  const isReady = analysis.report !== null;
  const scanUrl = isReady ? await pushed(analysis, settings, log) : null;
  const api = new GitHubApi({
    apiUrl: runner.apiUrl,
    token: inputs.token,
    clock: surroundings.clock,
  });
  const work: Work = { settings, occasion, analysis, api, log, scanUrl };
  writeSummary(work);
  const commentUrl = isReady ? await commented(work) : null;
  if (isReady && inputs.isSarifUploaded) await uploaded(work, surroundings.clock);
  if (runner.outputFile !== null) {
    const addresses = { comment: commentUrl, scan: scanUrl };
    writeOutputs(outputsOf(analysis, addresses), runner.outputFile);
  }
  tellEnd(analysis, log);
  return analysis.exitCode;
}

interface Work {
  readonly settings: Settings;
  readonly occasion: Occasion;
  readonly analysis: Analysis;
  readonly api: GitHubApi;
  readonly log: Log;
  readonly scanUrl: string | null;
}

/** Nobody should take the silence of a scanner that is not there for a good sign. */
function tellSkipped({ report }: Analysis, { hasScannersInstalled }: Inputs, log: Log): void {
  const parts = objectOf(report);
  const ofChange = listOf(parts['scanners']).filter((one) => objectOf(one)['head'] === 'skipped');
  const skipped = [...ofChange, ...listOf(parts['scanners_skipped'])];
  if (skipped.length === 0) return;
  const names = skipped.map((one) => textOf(objectOf(one)['name']) ?? '').join(', ');
  const hint = hasScannersInstalled ? '' : ' install-scanners: true installs bandit and semgrep.';
  log.notice(`Skipped: ${names}. The report says why.${hint}`);
}

async function pushed(analysis: Analysis, { inputs }: Settings, log: Log): Promise<string | null> {
  if (inputs.serverUrl === '') return null;
  return attempt(log, 'The result is not on the server', () => pushScan(analysis.files, inputs));
}

/** The same text as the comment: on the pull request of a fork it is all there is. */
function writeSummary({ settings: { runner }, analysis, scanUrl }: Work): void {
  if (runner.summaryFile === null) return;
  const text =
    analysis.report === null
      ? `## SecureScan: not scanned\n\nThe log of this step says why (exit code ${String(analysis.exitCode)}).\n`
      : readFileSync(analysis.files.comment, 'utf8').replace(MARKERS, '');
  const link = scanUrl === null ? '' : serverLink(scanUrl);
  appendFileSync(runner.summaryFile, `${text.slice(0, MOST_SUMMARY_CHARACTERS)}${link}`);
}

async function commented(work: Work): Promise<string | null> {
  const { settings, occasion, analysis, api, log, scanUrl } = work;
  const { pullRequest, range } = occasion;
  const { inputs, runner } = settings;
  if (pullRequest === null || range.kind !== 'diff') return null;
  if (!inputs.hasSummary && !inputs.hasReview) return null;
  if (inputs.token === '') {
    log.warning('There is no github-token, so that nothing is said on the pull request.');
    return null;
  }
  const spoken = await attempt(log, 'The pull request was not told', () =>
    speak({ settings, analysis, pullRequest, api, scanUrl }),
  );
  tellSpoken(spoken, log);
  const comment = spoken?.comment ?? null;
  if (comment === null) return null;
  const page = join(runner.repository, 'pull', String(pullRequest.number));
  return `${runner.serverUrl}/${page}#issuecomment-${String(comment)}`;
}

function tellSpoken(spoken: Spoken | null, log: Log): void {
  if (spoken?.isOutdated === true) {
    log.notice('The pull request has a newer commit; its own run will comment on it.');
  }
  const refused = spoken?.review?.refused ?? 0;
  if (refused > 0) {
    log.notice(
      `GitHub takes no comment on ${String(refused)} of the lines; the summary tells of them.`,
    );
  }
}

async function uploaded(work: Work, clock: Clock): Promise<void> {
  const { settings, occasion, analysis, api, log } = work;
  const { inputs, runner } = settings;
  if (inputs.token === '') {
    log.warning('There is no github-token, so that nothing is uploaded to code scanning.');
    return;
  }
  const sarif = readFileSync(analysis.files.sarif, 'utf8');
  const upload = { repository: runner.repository, ...occasion.analysis, sarif };
  const problem = await attempt(log, 'Nothing was uploaded to code scanning', () =>
    uploadSarif(api, upload, clock),
  );
  if (problem !== null) log.warning(problem);
}

function tellEnd(analysis: Analysis, log: Log): void {
  const { exitCode, range } = analysis;
  if (exitCode === 0) return;
  const summary = summaryOf(analysis);
  const words =
    exitCode === 1
      ? `The change brings ${String(summary['new'])} new findings, some of them as bad as the threshold or worse.`
      : exitCode === 3
        ? 'The scan is incomplete: a scanner failed, or ran on one side only. The log says which; allow-incomplete lets it pass.'
        : range.kind === 'diff'
          ? 'The change could not be compared; the log says why. A checkout for this needs "fetch-depth: 0".'
          : 'The project could not be scanned; the log says why.';
  log.error(words);
}

/** What goes wrong here must not break the job. */
async function attempt<T>(log: Log, words: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // Expected: a token that may only read, a limit, an outage.
    if (!(error instanceof SecureScanError)) throw error;
    log.warning(`${words}: ${error.message}`);
    return null;
  }
}
