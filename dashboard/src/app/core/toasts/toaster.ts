import { Injectable, signal } from '@angular/core';
import type { Problem } from '../errors/problem';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Why it failed; `null` for what was done. */
  readonly problem: Problem | null;
  readonly action: ToastAction | null;
}

const SHOWN_MS = 4_000;
/** Time to read, decide and reach the button. */
const SHOWN_WITH_ACTION_MS = 10_000;
const MOST = 4;

/**
 * Says what has just become of something that a person did. What was done goes by itself, unless somebody points at it; what
 * failed stays until it is dismissed.
 */
@Injectable({ providedIn: 'root' })
export class Toaster {
  private readonly list = signal<readonly Toast[]>([]);
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();
  private lastId = 0;

  /** Oldest first. */
  readonly toasts = this.list.asReadonly();

  done(text: string, action: ToastAction | null = null): void {
    const toast = this.add(text, null, action);
    this.start(toast);
  }

  failed(text: string, problem: Problem): void {
    this.add(text, problem, null);
  }

  dismiss(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.list.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }

  /** Nothing goes while somebody reads. */
  hold(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  release(): void {
    for (const toast of this.list()) if (toast.problem === null) this.start(toast);
  }

  private add(text: string, problem: Problem | null, action: ToastAction | null): Toast {
    this.lastId += 1;
    const toast = { id: this.lastId, text, problem, action };
    for (const { id } of this.list().slice(0, Math.max(0, this.list().length - MOST + 1))) {
      this.dismiss(id);
    }
    this.list.update((toasts) => [...toasts, toast]);
    return toast;
  }

  private start({ id, action }: Toast): void {
    clearTimeout(this.timers.get(id));
    const shown = action === null ? SHOWN_MS : SHOWN_WITH_ACTION_MS;
    const timer = setTimeout(() => {
      this.dismiss(id);
    }, shown);
    this.timers.set(id, timer);
  }
}
