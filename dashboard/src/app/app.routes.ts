import type { Routes } from '@angular/router';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Overview',
    loadComponent: async () => (await import('./features/overview/overview-page')).OverviewPage,
  },
  {
    path: 'scan',
    pathMatch: 'full',
    title: 'New scan',
    loadComponent: async () => (await import('./features/new-scan/new-scan-page')).NewScanPage,
  },
  {
    path: 'scan/:id',
    title: 'Scan',
    loadComponent: async () =>
      (await import('./features/scan-detail/scan-detail-page')).ScanDetailPage,
  },
  {
    path: 'findings',
    pathMatch: 'full',
    title: 'Findings',
    loadComponent: async () => (await import('./features/findings/findings-page')).FindingsPage,
  },
  {
    path: 'findings/:fingerprint',
    title: 'Finding',
    loadComponent: async () => (await import('./features/finding/finding-page')).FindingPage,
  },
  {
    path: 'history',
    title: 'History',
    loadComponent: async () => (await import('./features/history/history-page')).HistoryPage,
  },
  {
    path: 'diff',
    title: 'Diff',
    loadComponent: async () => (await import('./features/diff/diff-page')).DiffPage,
  },
  { path: 'compare', redirectTo: 'diff' },
  {
    path: 'scanners',
    title: 'Scanners',
    loadComponent: async () => (await import('./features/scanners/scanners-page')).ScannersPage,
  },
  {
    path: 'compliance',
    title: 'Compliance',
    loadComponent: async () =>
      (await import('./features/compliance/compliance-page')).CompliancePage,
  },
  {
    path: 'notifications',
    title: 'Notifications',
    loadComponent: async () =>
      (await import('./features/notifications/notifications-page')).NotificationsPage,
  },
  {
    path: 'sbom',
    pathMatch: 'full',
    title: 'SBOM',
    loadComponent: async () => (await import('./features/sbom/bills-page')).BillsPage,
  },
  {
    path: 'sbom/diff',
    title: 'Bills compared',
    loadComponent: async () => (await import('./features/sbom/bill-diff-page')).BillDiffPage,
  },
  {
    path: 'sbom/:id',
    title: 'Bill of materials',
    loadComponent: async () => (await import('./features/sbom/bill-page')).BillPage,
  },
  {
    path: 'settings/keys',
    title: 'API keys',
    loadComponent: async () => (await import('./features/settings/keys/keys-page')).KeysPage,
  },
  {
    path: 'settings/webhooks',
    pathMatch: 'full',
    title: 'Webhooks',
    loadComponent: async () =>
      (await import('./features/settings/webhooks/webhooks-page')).WebhooksPage,
  },
  {
    path: 'settings/webhooks/:id',
    title: 'Webhook',
    loadComponent: async () =>
      (await import('./features/settings/webhooks/webhook-page')).WebhookPage,
  },
  {
    path: '**',
    title: 'Not found',
    loadComponent: async () => (await import('./features/not-found/not-found-page')).NotFoundPage,
  },
];
