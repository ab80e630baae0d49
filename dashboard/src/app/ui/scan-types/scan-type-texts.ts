import type { ScanType } from '@securescan/contracts';

interface ScanTypeText {
  readonly label: string;
  readonly covers: string;
}

export const SCAN_TYPE_TEXTS: Readonly<Record<ScanType, ScanTypeText>> = {
  code: {
    label: 'Code',
    covers: 'Source files: dangerous calls and data flows, secrets, what git should not hold.',
  },
  dependency: {
    label: 'Dependencies',
    covers: 'Packages that the project uses: known vulnerabilities and licences.',
  },
  iac: {
    label: 'Infrastructure as code',
    covers: 'Dockerfiles, templates and other descriptions of what runs where.',
  },
  baseline: {
    label: 'Host baseline',
    covers: 'Settings of a machine or of its file system: accounts, SSH, permissions.',
  },
  dast: { label: 'Running web application', covers: 'Answers of a web application at an address.' },
  network: { label: 'Network', covers: 'Open ports and services of a host.' },
};
