import type { ScanType, Severity } from '@securescan/contracts';
import { renderBaseline, renderStarterConfig } from '@securescan/core';
import { renderWorkflow } from './workflow';

export const CONFIG_PATH = '.securescan.yml';
export const WORKFLOW_PATH = '.github/workflows/securescan.yml';
export const BASELINE_PATH = '.securescan/baseline.json';

export const DEFAULT_THRESHOLD: Severity = 'high';

/** What `init` was told, by flags or by answers. */
export interface InitChoices {
  /** `null` leaves the name to git's origin. */
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  readonly threshold: Severity;
  readonly hasWorkflow: boolean;
  readonly hasBaseline: boolean;
}

export interface PlannedFile {
  /** POSIX, relative to the project. */
  readonly path: string;
  readonly text: string;
}

/** The files that a project starts with. Pure. */
export function planFiles(choices: InitChoices): PlannedFile[] {
  const { project, scanTypes, threshold, hasWorkflow, hasBaseline } = choices;
  const config = renderStarterConfig({
    project,
    scanTypes,
    failOnSeverity: threshold,
    baseline: hasBaseline ? BASELINE_PATH : null,
  });
  return [
    { path: CONFIG_PATH, text: config },
    ...(hasWorkflow ? [{ path: WORKFLOW_PATH, text: renderWorkflow(threshold) }] : []),
    ...(hasBaseline
      ? [
          {
            path: BASELINE_PATH,
            text: renderBaseline({
              generatedBy: 'securescan init',
              // It lies in a directory below the root.
              targetPath: '..',
              scanTypes: scanTypes,
              outcomes: [],
              findings: [],
            }),
          },
        ]
      : []),
  ];
}
