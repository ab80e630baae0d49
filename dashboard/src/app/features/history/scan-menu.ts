import type { ScanBody } from '@securescan/contracts';
import type { MenuEntry } from '../../ui/menu/menu';

export const SCAN_MENU_IDS = ['view', 'compare', 'rerun', 'cancel', 'delete'] as const;
export type ScanMenuId = (typeof SCAN_MENU_IDS)[number];

/**
 * What can be done with one scan, in the order of the menu. What the state of the scan rules out is left out; what the
 * caller may not do stays, with the reason.
 */
export function scanMenu(scan: ScanBody, whyNoChange: string | null): readonly MenuEntry[] {
  const isLive = scan.status === 'pending' || scan.status === 'running';
  const entries: (MenuEntry & { readonly id: ScanMenuId; readonly isOffered: boolean })[] = [
    { id: 'view', label: 'View', icon: 'file', isOffered: true },
    {
      id: 'compare',
      label: 'Compare with…',
      icon: 'diff',
      isOffered: scan.status === 'completed',
    },
    {
      id: 'rerun',
      label: 'Scan again',
      icon: 'history',
      whyNot: whyNoChange,
      isOffered: !isLive && scan.origin === 'scan',
    },
    { id: 'cancel', label: 'Cancel', icon: 'skip', whyNot: whyNoChange, isOffered: isLive },
    {
      id: 'delete',
      label: 'Delete…',
      icon: 'trash',
      isDangerous: true,
      whyNot: whyNoChange,
      isOffered: !isLive,
    },
  ];
  return entries.filter(({ isOffered }) => isOffered);
}
