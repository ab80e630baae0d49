import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { DirectoryPicker } from './directory-picker';
import { NewScanStore } from './new-scan-store';
import { ScanTypeChoice } from './scan-type-choice';
import { type InstallState, ScannerInstallStore } from './scanner-install-store';

@Component({
  selector: 'app-new-scan-page',
  imports: [DirectoryPicker, ErrorNotice, Icon, ScanTypeChoice, Skeleton],
  providers: [NewScanStore, ScannerInstallStore],
  templateUrl: './new-scan-page.html',
  styleUrl: './new-scan-page.css',
})
export class NewScanPage {
  private readonly router = inject(Router);

  protected readonly store = inject(NewScanStore);
  protected readonly installs = inject(ScannerInstallStore);
  protected readonly installOf = (scanner: string): InstallState => this.installs.stateOf(scanner);

  protected typeTarget(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.store.setTarget(event.target.value);
  }

  protected short(path: string): string {
    return shortPath(path, 44);
  }

  /** Whatever the answer was, only the status knows what is there now: an answer may be lost on its way. */
  protected async install(scanner: string): Promise<void> {
    if (await this.installs.install(scanner)) this.store.reloadStatus();
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    const id = await this.store.submit();
    if (id !== null) await this.router.navigate(['/scan', id]);
  }
}
