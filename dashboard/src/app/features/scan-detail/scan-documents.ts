import type { SCAN_OUTPUTS } from '@securescan/contracts';
import type { ScanRoute } from '../../core/api/routes';
import type { IconName } from '../../ui/icon/icon-shapes';

type ReportFormat = (typeof SCAN_OUTPUTS)[number];

/** Something that a completed scan can be saved as. */
export interface ScanDocument {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly route: ScanRoute;
  readonly format: string;
  /** Of the file, where the server names none. */
  readonly ending: string;
}

const REPORTS: Readonly<Record<ReportFormat, readonly [label: string, ending: string]>> = {
  html: ['Report, HTML', 'html'],
  pdf: ['Report, PDF', 'pdf'],
  sarif: ['SARIF 2.1.0, for code scanning', 'sarif'],
  json: ['JSON', 'json'],
  csv: ['CSV, for spreadsheets', 'csv'],
  junit: ['JUnit XML, for build servers', 'xml'],
  text: ['Text', 'txt'],
  'github-pr-comment': ['Markdown, as a pull request shows it', 'md'],
};

const reports = Object.entries(REPORTS).map(([format, [label, ending]]): ScanDocument => ({
  id: `report ${format}`,
  label,
  icon: 'file',
  route: 'report',
  format,
  ending,
}));

export const SCAN_DOCUMENTS: readonly ScanDocument[] = [
  ...reports,
  {
    id: 'sbom cyclonedx',
    label: 'Components, CycloneDX',
    icon: 'package',
    route: 'sbom',
    format: 'cyclonedx',
    ending: 'cdx.json',
  },
  {
    id: 'sbom spdx',
    label: 'Components, SPDX',
    icon: 'package',
    route: 'sbom',
    format: 'spdx',
    ending: 'spdx.json',
  },
  {
    id: 'vex openvex',
    label: 'Verdicts, OpenVEX',
    icon: 'clipboard-check',
    route: 'vex',
    format: 'openvex',
    ending: 'openvex.json',
  },
  {
    id: 'vex cyclonedx',
    label: 'Verdicts, CycloneDX VEX',
    icon: 'clipboard-check',
    route: 'vex',
    format: 'cyclonedx',
    ending: 'vex.cdx.json',
  },
];
