import { ApiKeyEntity } from '../modules/api-keys/api-key.entity';
import { AuditLogEntity } from '../modules/audit/audit-log.entity';
import { RetentionEntity } from '../modules/audit/retention.entity';
import { PrincipalEntity } from '../modules/auth/principal.entity';
import { CurrentOutcomeEntity } from '../modules/current/current-outcome.entity';
import { CurrentRunEntity } from '../modules/current/current-run.entity';
import { CurrentScanEntity } from '../modules/current/current-scan.entity';
import { ScanCountEntity } from '../modules/current/scan-count.entity';
import { TargetScanEntity } from '../modules/current/target-scan.entity';
import { TargetEntity } from '../modules/current/target.entity';
import { FindingRunEntity } from '../modules/findings/finding-run.entity';
import { FindingEntity } from '../modules/findings/finding.entity';
import { ScanNumberEntity } from '../modules/findings/scan-number.entity';
import {
  FindingLifeAliasEntity,
  FindingLifeEntity,
  FindingPlaceEntity,
  FindingRoundEntity,
} from '../modules/insight/lives/finding-life.entity';
import { InstanceSettingEntity } from '../modules/instance/instance-setting.entity';
import { ScanEventEntity } from '../modules/live/scan-event.entity';
import { NotificationReadMarkEntity } from '../modules/notifications/notification-read-mark.entity';
import { NotificationReadEntity } from '../modules/notifications/notification-read.entity';
import { NotificationEntity } from '../modules/notifications/notification.entity';
import { SbomDocumentEntity } from '../modules/sbom/sbom-document.entity';
import { SbomPartEntity } from '../modules/sbom/sbom-part.entity';
import { ScanEntity } from '../modules/scans/scan.entity';
import { ScannerOutcomeEntity } from '../modules/scans/scanner-outcome.entity';
import { ScannerSkipEntity } from '../modules/scans/scanner-skip.entity';
import { FindingAliasEntity } from '../modules/triage/finding-alias.entity';
import { FindingCommentEntity } from '../modules/triage/finding-comment.entity';
import { FindingStateHistoryEntity } from '../modules/triage/finding-state-history.entity';
import { FindingStateEntity } from '../modules/triage/finding-state.entity';
import { ProjectFindingStateEntity } from '../modules/triage/project-finding-state.entity';
import { RegressionSearchEntity } from '../modules/triage/regression-search.entity';
import { WebhookAttemptEntity } from '../modules/webhooks/webhook-attempt.entity';
import { WebhookDeliveryEntity } from '../modules/webhooks/webhook-delivery.entity';
import { WebhookEntity } from '../modules/webhooks/webhook.entity';

/** Every table. A list and not a pattern over file names, so that a lost file does not compile. */
export const ENTITIES = [
  PrincipalEntity,
  ApiKeyEntity,
  ScanEntity,
  ScannerOutcomeEntity,
  ScannerSkipEntity,
  ScanEventEntity,
  FindingEntity,
  FindingRunEntity,
  ScanNumberEntity,
  FindingAliasEntity,
  ScanCountEntity,
  TargetEntity,
  TargetScanEntity,
  CurrentOutcomeEntity,
  CurrentScanEntity,
  CurrentRunEntity,
  FindingStateEntity,
  ProjectFindingStateEntity,
  FindingStateHistoryEntity,
  FindingCommentEntity,
  RegressionSearchEntity,
  NotificationEntity,
  NotificationReadEntity,
  NotificationReadMarkEntity,
  WebhookEntity,
  WebhookDeliveryEntity,
  WebhookAttemptEntity,
  SbomDocumentEntity,
  SbomPartEntity,
  AuditLogEntity,
  RetentionEntity,
  FindingPlaceEntity,
  FindingLifeEntity,
  FindingLifeAliasEntity,
  FindingRoundEntity,
  InstanceSettingEntity,
];
