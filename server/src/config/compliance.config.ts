import { IsOptional } from 'class-validator';
import { IsAbsolutePath } from './constraints';
import { Setting, text } from './setting';

export class ComplianceConfig {
  /** Directory with frameworks of the operator's own, `*.json`, read once at start. */
  @Setting('SECURESCAN_COMPLIANCE_DIR', text)
  @IsOptional()
  @IsAbsolutePath()
  readonly directory: string | null = null;
}
