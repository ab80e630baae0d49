import { gzipSync } from 'node:zlib';
import { listOf, objectOf, textOf } from '@securescan/core';
import type { Clock, GitHubApi } from './github/github-api';
import { GitHubError } from './github/github-error';

export interface SarifUpload {
  readonly repository: string;
  readonly ref: string;
  readonly commit: string;
  /** The log as text. */
  readonly sarif: string;
}

const POLL_MS = 5_000;
const MOST_POLLS = 24;

/**
 * Gives the log to code scanning and waits until it has been read. Each run in it has its own category, so that one upload
 * replaces each of them, empty ones too. Gives what went wrong in plain words, `null` where nothing did; rejects for what is no
 * matter of code scanning.
 */
export async function uploadSarif(
  api: GitHubApi,
  upload: SarifUpload,
  clock: Clock,
): Promise<string | null> {
  const path = `/repos/${upload.repository}/code-scanning/sarifs`;
  try {
    const answer = await api.write('POST', path, {
      commit_sha: upload.commit,
      ref: upload.ref,
      sarif: gzipSync(upload.sarif).toString('base64'),
      tool_name: 'SecureScan',
    });
    const id = textOf(objectOf(answer)['id']);
    return id === null ? null : await readEnd(api, `${path}/${encodeURIComponent(id)}`, clock);
  } catch (error) {
    if (error instanceof GitHubError) return inPlainWords(error);
    throw error;
  }
}

async function readEnd(api: GitHubApi, path: string, clock: Clock): Promise<string | null> {
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const { processing_status: status, errors } = objectOf(await statusAt(api, path));
    if (status === 'complete') return null;
    if (status === 'failed') {
      const words = listOf(errors).map((one) => textOf(one) ?? '');
      return `Code scanning could not read the log: ${words.join(' ') || 'it does not say why'}`;
    }
    await clock.wait(POLL_MS);
  }
  return 'Code scanning has not read the log within two minutes; the results will show up later.';
}

/** For a moment after an upload nobody knows of it. */
async function statusAt(api: GitHubApi, path: string): Promise<unknown> {
  try {
    return await api.get(path);
  } catch (error) {
    if (error instanceof GitHubError && error.refusal === 'not-found') return null;
    throw error;
  }
}

function inPlainWords(error: GitHubError): string {
  const { message, refusal, status } = error;
  if (/advanced security|code (?:scanning|security) (?:is not|must be) enabled/i.test(message)) {
    return 'Code scanning is not switched on for this repository. Switch it on in the settings under "Code security", or set upload-sarif to false.';
  }
  if (/not accessible by/i.test(message)) {
    return 'The token may not upload results. Grant "security-events: write" to the job; a pull request from a fork never has it, and its results are in the job summary.';
  }
  if (status === 413) return 'The log is larger than code scanning takes.';
  if (refusal === 'not-found') {
    return 'Code scanning does not know this repository. It needs a public one, or a licence for code security.';
  }
  return `Code scanning took no results. ${message}`;
}
