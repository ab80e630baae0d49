import type {
  SbomBody,
  SbomComponentBody,
  SbomDiffBody,
  SbomLicenseChangeBody,
  SbomVersionChangeBody,
} from '@securescan/contracts';
import { flag, list, nullable, number, object, oneOf, text } from './wire-parser';

const bill = object<SbomBody>({
  id: text,
  scan_id: nullable(text),
  project: text,
  target_path: text,
  name: text,
  version: nullable(text),
  component_count: number,
  complete: flag,
  created_at: text,
});

const component = object<SbomComponentBody>({
  ref: text,
  purl: nullable(text),
  type: text,
  name: text,
  version: nullable(text),
  scope: oneOf(['required', 'optional', 'dev']),
  licenses: list(text),
  found_in: list(text),
});

const diff = object<SbomDiffBody>({
  base: bill,
  head: bill,
  counts: object<SbomDiffBody['counts']>({
    added: number,
    removed: number,
    changed: number,
    license_changed: number,
    unchanged: number,
  }),
  limit: number,
  added: list(component),
  removed: list(component),
  changed: list(
    object<SbomVersionChangeBody>({
      package: text,
      name: text,
      type: text,
      from: list(text),
      to: list(text),
    }),
  ),
  license_changed: list(
    object<SbomLicenseChangeBody>({
      ref: text,
      name: text,
      version: nullable(text),
      from: list(text),
      to: list(text),
    }),
  ),
});

export const parseBill = (value: unknown): SbomBody => bill(value, 'bill');
export const parseBills = (value: unknown): SbomBody[] => list(bill)(value, 'bills');
export const parseComponents = (value: unknown): SbomComponentBody[] =>
  list(component)(value, 'components');
export const parseBillDiff = (value: unknown): SbomDiffBody => diff(value, 'diff');
