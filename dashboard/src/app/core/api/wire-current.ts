import {
  TARGET_KINDS,
  type CurrentScannerBody,
  type SeverityCountsBody,
  type TargetBody,
  type TargetReferenceBody,
} from '@securescan/contracts';
import { list, number, object, oneOf, text } from './wire-parser';

/** A target, how much there is in it now, and what its findings can be narrowed by. */
export type TargetStandingBody = TargetReferenceBody &
  Pick<TargetBody, 'risk_score' | 'findings_count' | 'by_severity'> & {
    readonly scanners: readonly Pick<CurrentScannerBody, 'scanner'>[];
  };

export const severityFields = {
  critical: number,
  high: number,
  medium: number,
  low: number,
  info: number,
};

export const severityCounts = object<SeverityCountsBody>(severityFields);

export const targetReference = object<TargetReferenceBody>({
  id: text,
  project: text,
  kind: oneOf(TARGET_KINDS),
  place: text,
});

const standing = object<Omit<TargetStandingBody, keyof TargetReferenceBody>>({
  risk_score: number,
  findings_count: number,
  by_severity: severityCounts,
  scanners: list(object<Pick<CurrentScannerBody, 'scanner'>>({ scanner: text })),
});

const targets = list<TargetStandingBody>((value, at) => ({
  ...targetReference(value, at),
  ...standing(value, at),
}));

export const parseTargets = (value: unknown): TargetStandingBody[] => targets(value, 'targets');
