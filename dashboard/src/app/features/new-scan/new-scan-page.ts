import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { DirectoryPicker } from './directory-picker';
import { NewScanStore } from './new-scan-store';
import { ScanTypeChoice } from './scan-type-choice';

@Component({
  selector: 'app-new-scan-page',
  imports: [DirectoryPicker, ErrorNotice, Icon, ScanTypeChoice, Skeleton],
  providers: [NewScanStore],
  templateUrl: './new-scan-page.html',
  styleUrl: './new-scan-page.css',
})
export class NewScanPage {
  private readonly router = inject(Router);

  protected readonly store = inject(NewScanStore);

  protected typeTarget(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.setTarget(event.target.value);
  }

  protected short(path: string): string {
    return shortPath(path, 44);
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    const id = await this.store.submit();
    if (id !== null) await this.router.navigate(['/scan', id]);
  }
}
