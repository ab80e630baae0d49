import type { MigrationInterface } from 'typeorm';
import { InitialSchema1764000000000 } from './common/1764000000000-initial-schema';
import { ScannerCoverage1764100000000 } from './common/1764100000000-scanner-coverage';
import { SuppressedFindings1764200000000 } from './common/1764200000000-suppressed-findings';
import { KeyExpiry1764300000000 } from './common/1764300000000-key-expiry';
import { ImportedScans1764500000000 } from './common/1764500000000-imported-scans';
import { AuditFilters1764600000000 } from './common/1764600000000-audit-filters';
import { TargetInProject1764700000000 } from './common/1764700000000-target-in-project';
import { VerdictDetails1764800000000 } from './common/1764800000000-verdict-details';
import { Regressions1764900000000 } from './common/1764900000000-regressions';
import { FindingLives1765100000000 } from './common/1765100000000-finding-lives';
import { NotificationReaders1765200000000 } from './common/1765200000000-notification-readers';
import { StoredBills1765400000000 } from './common/1765400000000-stored-bills';
import { VerdictProposals1765500000000 } from './common/1765500000000-verdict-proposals';
import { WebhookDeliveries1765600000000 } from './common/1765600000000-webhook-deliveries';
import { ScanOrders1765700000000 } from './common/1765700000000-scan-orders';
import { AppendOnly1764000000001 } from './sqlite/1764000000001-append-only';
import { ScanControls1765300000000 } from './sqlite/1765300000000-scan-controls';
import { FindingLists1764400000000 } from './sqlite/1764400000000-finding-lists';
import { FindingAliases1764900000001 } from './sqlite/1764900000001-finding-aliases';
import { CurrentState1765000000000 } from './sqlite/1765000000000-current-state';

/** Every migration in the order of running. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  InitialSchema1764000000000,
  AppendOnly1764000000001,
  ScannerCoverage1764100000000,
  SuppressedFindings1764200000000,
  KeyExpiry1764300000000,
  FindingLists1764400000000,
  ImportedScans1764500000000,
  AuditFilters1764600000000,
  TargetInProject1764700000000,
  VerdictDetails1764800000000,
  Regressions1764900000000,
  FindingAliases1764900000001,
  CurrentState1765000000000,
  FindingLives1765100000000,
  NotificationReaders1765200000000,
  ScanControls1765300000000,
  StoredBills1765400000000,
  VerdictProposals1765500000000,
  WebhookDeliveries1765600000000,
  ScanOrders1765700000000,
];
