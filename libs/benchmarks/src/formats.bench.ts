import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { SCAN_FORMATS, type ScanFormat } from '@securescan/contracts';
import { SCAN_RENDERERS, summarise, toScanDocument } from '@securescan/core';
import type { RenderOptions, ScanDocument } from '@securescan/core';
import { madeFinding } from './made-scan';

// 100 000 findings to every format of a scan, each in a process of its own: time, size, and the memory that rendering adds to the
// findings themselves. SARIF as code scanning takes it, and whole. Goals: those of `core` and of a SARIF report over HTTP.

const SCAN = { id: 'formats', project: 'example.org/shop', findings: 100_000 };
const LOOK_EVERY = 2_000;

interface Case {
  readonly name: string;
  readonly format: ScanFormat;
  readonly options: RenderOptions;
}

// A browser prints a PDF from the HTML; that is no rendering of ours.
const CASES: readonly Case[] = [
  { name: 'sarif-whole', format: 'sarif', options: { sarifLimits: 'none' } },
  ...SCAN_FORMATS.filter((format: string) => format !== 'pdf').map((format) => ({
    name: format,
    format,
    options: {},
  })),
];

function madeDocument(): ScanDocument {
  const findings = Array.from({ length: SCAN.findings }, (_, index) => madeFinding(SCAN, index));
  return toScanDocument({
    toolVersion: '0.0.0',
    target: '.',
    project: SCAN.project,
    scanTypes: ['code', 'dependency'],
    outcomes: [],
    summary: summarise(findings, []),
    findings,
    notices: [],
  });
}

function measure({ name, format, options }: Case): void {
  const document = madeDocument();
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  let [characters, pieces] = [0, 0];
  const started = performance.now();
  for (const chunk of SCAN_RENDERERS[format].render(document, options)) {
    characters += chunk.length;
    pieces += 1;
    if (pieces % LOOK_EVERY === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - started) / 1000;
  peak = Math.max(peak, process.memoryUsage.rss());
  const line = {
    benchmark: 'formats',
    format: name,
    seconds: Number(seconds.toFixed(2)),
    megacharacters: Number((characters / 1e6).toFixed(1)),
    findings_mb: Math.round(before / 1e6),
    added_mb: Math.round((peak - before) / 1e6),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const asked = CASES.find(({ name }) => name === process.argv[2]);
if (asked !== undefined) {
  measure(asked);
} else {
  for (const { name } of CASES) {
    const [, script = ''] = process.argv;
    spawnSync(process.execPath, [...process.execArgv, script, name], { stdio: 'inherit' });
  }
}
