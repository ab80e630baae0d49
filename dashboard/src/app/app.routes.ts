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
    path: '**',
    title: 'Not found',
    loadComponent: async () => (await import('./features/not-found/not-found-page')).NotFoundPage,
  },
];
