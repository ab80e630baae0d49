import { Directive, TemplateRef, inject } from '@angular/core';
import type { ScanBody } from '@securescan/contracts';

interface Context {
  readonly $implicit: ScanBody;
}

/** What stands at the end of each row, given by whoever shows the table. */
@Directive({ selector: 'ng-template[appScanRowActions]' })
export class ScanRowActions {
  readonly template = inject<TemplateRef<Context>>(TemplateRef);

  static ngTemplateContextGuard(_: ScanRowActions, context: unknown): context is Context {
    return context !== undefined;
  }
}
