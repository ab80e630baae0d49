import type {
  FindingWithStateBody,
  ScanBody,
  ScannerStatusBody,
  SessionBody,
} from '@securescan/contracts';
import type { TargetStandingBody } from '../../core/api/wire-current';
import type { ThemeChoice } from '../../core/theme/theme';
import { placeOf } from '../../ui/finding-place/finding-place';
import { targetOf } from '../../ui/scan-table/scan-table';
import { PAGES, SETTINGS } from '../destinations';
import type { PaletteAction, PaletteEntry } from './palette-entry';

const MOST_FINDINGS = 5;

export function pageEntries(): PaletteEntry[] {
  const pages = PAGES.map((page) => ({ ...page, detail: '' }));
  const settings = SETTINGS.map((page) => ({ ...page, detail: 'Settings' }));
  return [...pages, ...settings].map(({ path, label, icon, detail }) => ({
    id: `page ${path}`,
    group: 'Pages',
    label,
    detail,
    icon,
    does: { kind: 'go', url: path },
  }));
}

/** What can be done from everywhere, as far as it changes anything. */
export function actionEntries(now: {
  readonly session: SessionBody | null;
  readonly theme: ThemeChoice;
}): PaletteEntry[] {
  const act = (
    action: PaletteAction,
    label: string,
    icon: PaletteEntry['icon'],
    detail = '',
  ): PaletteEntry => ({
    id: `action ${action}`,
    group: 'Actions',
    label,
    detail,
    icon,
    does: { kind: 'act', action },
  });
  const start: PaletteEntry = {
    id: 'action scan',
    group: 'Actions',
    label: 'Start a scan',
    detail: '',
    icon: 'plus',
    does: { kind: 'go', url: '/scan' },
  };
  const kind = now.session?.kind;
  const hasKey = kind === 'env' || kind === 'key';
  const isSignedIn = hasKey || (now.session?.logout_url ?? null) !== null;
  const themes = [
    act('theme-dark', 'Use the dark theme', 'moon'),
    act('theme-light', 'Use the light theme', 'sun'),
    act('theme-system', "Use the system's theme", 'monitor'),
  ].filter(({ id }) => id !== `action theme-${now.theme}`);
  return [
    start,
    act('copy-address', "Copy this page's address", 'link'),
    ...themes,
    ...(isSignedIn ? [act('log-out', 'Log out', 'user', 'sign out')] : []),
  ];
}

export function scanEntries(scans: readonly ScanBody[]): PaletteEntry[] {
  return scans.map((scan) => ({
    id: `scan ${scan.id}`,
    group: 'Scans',
    label: targetOf(scan),
    detail: `${scan.id.slice(0, 8)} ${scan.status} ${scan.created_at.slice(0, 10)}`,
    icon: 'history',
    does: { kind: 'go', url: `/scan/${encodeURIComponent(scan.id)}` },
  }));
}

export function targetEntries(targets: readonly TargetStandingBody[]): PaletteEntry[] {
  return targets.map((target) => ({
    id: `target ${target.id}`,
    group: 'Targets',
    label: target.place === '.' ? target.project : `${target.project} ${target.place}`,
    detail: `${target.findings_count} findings`,
    icon: 'folder',
    does: { kind: 'go', url: `/findings?target=${encodeURIComponent(target.id)}` },
  }));
}

export function scannerEntries(scanners: readonly ScannerStatusBody[]): PaletteEntry[] {
  return scanners.map(({ name, scan_type, available }) => ({
    id: `scanner ${name}`,
    group: 'Scanners',
    label: name,
    detail: `${scan_type}, ${available ? 'ready' : 'not available'}`,
    icon: 'radar',
    does: { kind: 'go', url: `/scanners?q=${encodeURIComponent(name)}` },
  }));
}

/** The worst of what the server found; each leads to the finding itself. */
export function findingEntries(findings: readonly FindingWithStateBody[]): PaletteEntry[] {
  return findings.slice(0, MOST_FINDINGS).map((finding) => ({
    id: `finding ${finding.id}`,
    group: 'Findings',
    label: finding.title,
    detail: `${finding.severity} ${placeOf(finding)}`,
    icon: 'shield',
    does: { kind: 'go', url: `/findings/${encodeURIComponent(finding.fingerprint)}` },
  }));
}

/** The rules behind what the server found; each leads to all findings of the rule. */
export function ruleEntries(findings: readonly FindingWithStateBody[]): PaletteEntry[] {
  const scanners = new Map(findings.map(({ rule_id, scanner }) => [rule_id, scanner]));
  return [...scanners].map(([rule, scanner]) => ({
    id: `rule ${rule}`,
    group: 'Rules',
    label: rule,
    detail: scanner,
    icon: 'file',
    does: { kind: 'go', url: `/findings?rule_id=${encodeURIComponent(rule)}` },
  }));
}
