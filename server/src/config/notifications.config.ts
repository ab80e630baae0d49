import { IsInt, Max, Min } from 'class-validator';
import { Setting, wholeNumber } from './setting';

/** How long notifications stay, counted from when they were written. */
export class NotificationsConfig {
  /** Days, whether or not anybody has read them. */
  @Setting('SECURESCAN_NOTIFICATIONS_KEEP_DAYS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(36_500)
  readonly keepDays: number = 180;

  /** Days, once somebody has read them. */
  @Setting('SECURESCAN_NOTIFICATIONS_READ_KEEP_DAYS', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(36_500)
  readonly readKeepDays: number = 30;
}
