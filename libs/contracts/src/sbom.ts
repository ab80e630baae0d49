/** The formats of bills of materials, the usual one first. */
export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];

/** A package of a bill, as the list of a stored bill shows it. */
export interface SbomComponentBody {
  /** Its package URL, or where it has none a text of its own; unique in its bill. */
  ref: string;
  purl: string | null;
  /** Of its package URL: `npm`, `pypi`, `golang`. */
  type: string;
  /** As people of its ecosystem write it. */
  name: string;
  version: string | null;
  scope: 'required' | 'optional' | 'dev';
  licenses: string[];
  found_in: string[];
}

/** A stored bill of materials without what it lists. */
export interface SbomBody {
  id: string;
  /** `null` where the scan was deleted. */
  scan_id: string | null;
  project: string;
  target_path: string;
  /** What the bill calls the project. */
  name: string;
  version: string | null;
  component_count: number;
  /** False where it is known that something is missing; the documents say what. */
  complete: boolean;
  created_at: string;
}

export interface SbomVersionChangeBody {
  /** Package URL without a version, or what stands for it. */
  package: string;
  name: string;
  type: string;
  from: string[];
  to: string[];
}

export interface SbomLicenseChangeBody {
  ref: string;
  name: string;
  version: string | null;
  from: string[];
  to: string[];
}

/** What lies between two bills. Lists are cut, counts are not. */
export interface SbomDiffBody {
  base: SbomBody;
  head: SbomBody;
  counts: {
    added: number;
    removed: number;
    changed: number;
    license_changed: number;
    unchanged: number;
  };
  /** How many of each list are shown at most. */
  limit: number;
  added: SbomComponentBody[];
  removed: SbomComponentBody[];
  changed: SbomVersionChangeBody[];
  license_changed: SbomLicenseChangeBody[];
}
