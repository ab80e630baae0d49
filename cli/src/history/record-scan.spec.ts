import { isComplete, summarise, toScanDocument } from '@securescan/core';
import type { ScanDocument, ScannerOutcome } from '@securescan/core';
import { aFinding, anOutcome } from '@securescan/testing';
import type { ScanPlaces } from '../options/scan-places';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { historyEntryOf } from './record-scan';

const SETTINGS = { scanTypes: ['code'], isQuiet: false } as const;
const TREE: ScanPlaces = {
  target: { root: '/srv', path: '/srv/shop', project: 'p' },
  url: null,
  host: null,
};
const TIMES = {
  startedAt: new Date('2026-01-31T12:00:00.000Z'),
  endedAt: new Date('2026-01-31T12:00:02.500Z'),
};

function aDocument(outcomes: readonly ScannerOutcome[]): ScanDocument {
  const findings = [aFinding({ severity: 'high' }), aFinding({ severity: 'low' })];
  return toScanDocument({
    toolVersion: '1.2.3',
    target: 'shop',
    project: 'git.example/shop',
    scanTypes: ['code'],
    outcomes,
    summary: summarise(findings, outcomes),
    findings,
    notices: [],
  });
}

function entryOf(document: ScanDocument | null, exitCode: ExitCode, places = TREE) {
  return historyEntryOf({ places, settings: SETTINGS }, { ...TIMES, exitCode, document }, '1.2.3');
}

it('is a line that says what was scanned, when, and what came of it', () => {
  const document = aDocument([anOutcome({ status: 'completed' })]);
  expect(entryOf(document, EXIT_CODES.gateReached)).toEqual({
    started_at: '2026-01-31T12:00:00.000Z',
    ended_at: '2026-01-31T12:00:02.500Z',
    target: '/srv/shop',
    project: 'git.example/shop',
    scan_types: ['code'],
    status: 'completed',
    findings_count: 2,
    counts: { critical: 0, high: 1, medium: 0, low: 1, info: 0 },
    suppressed_count: 0,
    risk_score: document.summary.riskScore,
    exit_code: 1,
    tool_version: '1.2.3',
  });
});

it.each([
  ['completed', [anOutcome({ status: 'completed' }), anOutcome({ status: 'skipped' })], 0],
  ['incomplete', [anOutcome({ status: 'completed' }), anOutcome({ status: 'failed' })], 0],
  ['incomplete', [anOutcome({ status: 'completed' })], 3],
  ['failed', [anOutcome({ status: 'timed_out' })], 3],
] as const)('calls a scan %s', (status, outcomes, exitCode) => {
  const document = aDocument(outcomes);
  expect(entryOf(document, exitCode).status).toBe(status);
  expect(isComplete(outcomes) && exitCode === 0).toBe(status === 'completed');
});

it('has no figures where the scan came to no result', () => {
  expect(entryOf(null, EXIT_CODES.interrupted)).toMatchObject({
    status: 'cancelled',
    exit_code: 130,
    findings_count: null,
    counts: null,
    risk_score: null,
  });
  expect(entryOf(null, EXIT_CODES.defect).status).toBe('failed');
});

it('keeps nothing of an address that may be a secret', () => {
  const url = 'https://ada:lovelace@shop.example.com/cart?token=abc#x';
  expect(entryOf(null, 0, { target: null, url, host: null }).target).toBe(
    'https://shop.example.com/cart',
  );
});
