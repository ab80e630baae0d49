import type { IconName } from '../ui/icon/icon-shapes';

export interface Destination {
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** Pages below its address belong to it. */
  readonly hasPagesBelow?: boolean;
}

/** The pages that the side bar and the palette lead to. */
export const PAGES: readonly Destination[] = [
  { path: '/', label: 'Overview', icon: 'overview' },
  { path: '/scan', label: 'New scan', icon: 'plus' },
  { path: '/findings', label: 'Findings', icon: 'list', hasPagesBelow: true },
  { path: '/history', label: 'History', icon: 'history' },
  { path: '/diff', label: 'Diff', icon: 'diff' },
  { path: '/notifications', label: 'Notifications', icon: 'bell' },
  { path: '/sbom', label: 'SBOM', icon: 'package', hasPagesBelow: true },
  { path: '/compliance', label: 'Compliance', icon: 'clipboard-check', hasPagesBelow: true },
  { path: '/scanners', label: 'Scanners', icon: 'radar' },
];

export const SETTINGS: readonly Destination[] = [
  { path: '/settings/keys', label: 'API keys', icon: 'key' },
  { path: '/settings/webhooks', label: 'Webhooks', icon: 'webhook', hasPagesBelow: true },
];
