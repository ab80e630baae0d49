import { Component, inject } from '@angular/core';
import { type Toast, Toaster } from '../core/toasts/toaster';
import { Icon } from '../ui/icon/icon';

/** What has just been done or has failed, in a corner and for screen readers. */
@Component({
  selector: 'app-toast-region',
  imports: [Icon],
  template: `
    <div
      class="region"
      role="status"
      aria-label="Messages"
      (pointerenter)="toaster.hold()"
      (pointerleave)="toaster.release()"
      (focusin)="toaster.hold()"
      (focusout)="toaster.release()"
    >
      @for (toast of toaster.toasts(); track toast.id) {
        <div class="toast" [class.failed]="toast.problem">
          <app-icon [name]="toast.problem ? 'alert' : 'check'" />
          <div class="text">
            <p>{{ toast.text }}</p>
            @if (toast.problem; as problem) {
              <p class="detail">{{ problem.message }}</p>
              @if (problem.requestId; as id) {
                <p class="mono muted">request {{ id }}</p>
              }
            }
          </div>
          @if (toast.action; as action) {
            <button type="button" class="button" (click)="act(toast)">{{ action.label }}</button>
          }
          <button
            type="button"
            class="button ghost icon-only"
            aria-label="Dismiss"
            (click)="toaster.dismiss(toast.id)"
          >
            <app-icon name="close" [size]="14" />
          </button>
        </div>
      }
    </div>
  `,
  styleUrl: './toast-region.css',
})
export class ToastRegion {
  protected readonly toaster = inject(Toaster);

  protected act({ id, action }: Toast): void {
    this.toaster.dismiss(id);
    action?.run();
  }
}
