import type { ComparedScans } from '../scans/scan-coverage';
import { differingPlaces } from '../scans/scanned-places';
import { ScansNotComparableError } from './comparisons.errors';

/** @throws ScansNotComparableError for scans of different projects or targets. */
export function refuseOthers({ base, head }: ComparedScans): void {
  const [before, after] = [base.scan, head.scan];
  if (before.project !== after.project) {
    throw new ScansNotComparableError(
      `base is of the project ${before.project} and head of ${after.project}`,
    );
  }
  const places = differingPlaces(before, after);
  if (places === null) return;
  throw new ScansNotComparableError(
    `base is about ${places[0]} and head about ${places[1]}, so neither tells what the other lacks`,
  );
}
