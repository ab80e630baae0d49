import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Loaded } from '../../core/api/held-value';
import type { ComplianceStandingBody, FrameworkStandingBody } from '../../core/api/wire-compliance';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Skeleton } from '../../ui/skeleton/skeleton';

/** What one scan says of each framework's controls. That a control is met is nothing that a scanner can tell. */
@Component({
  selector: 'app-scan-compliance',
  imports: [ErrorNotice, RouterLink, Skeleton],
  templateUrl: './scan-compliance.html',
  styleUrl: './scan-compliance.css',
})
export class ScanCompliance {
  readonly coverage = input.required<Loaded<ComplianceStandingBody>>();

  readonly retried = output();

  /** Controls with findings, as the framework orders them. */
  protected violated({ controls }: FrameworkStandingBody): FrameworkStandingBody['controls'] {
    return controls.filter(({ state }) => state === 'violated');
  }
}
