import { Injectable, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/** The query of a page's own address: a link shows what its sender saw. Provided by the page. */
@Injectable()
export class AddressQuery {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly params = toSignal(this.route.queryParamMap, { requireSync: true });

  text(name: string): string | null {
    const value = this.params().get(name)?.trim() ?? '';
    return value === '' ? null : value;
  }

  /** What the address says where that is one of the offered values, else `null`. */
  oneOf<const T extends string>(name: string, offered: readonly T[]): T | null {
    const asked = this.params().get(name);
    return offered.find((value) => value === asked) ?? null;
  }

  /** `null` takes a member away; the others stay. The way back does not lead through each change. */
  async change(change: Readonly<Record<string, string | null>>): Promise<void> {
    await this.router.navigate([], {
      relativeTo: this.route,
      queryParams: change,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
