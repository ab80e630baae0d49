import { Component, computed, input, output, viewChild } from '@angular/core';
import type { Loaded } from '../../core/api/held-value';
import type { BrowseBody } from '../../core/api/wire';
import { Dialog } from '../../ui/dialog/dialog';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Icon } from '../../ui/icon/icon';
import { Skeleton } from '../../ui/skeleton/skeleton';

/** Walks the directories that the server lets be scanned. */
@Component({
  selector: 'app-directory-picker',
  imports: [Dialog, ErrorNotice, Icon, Skeleton],
  templateUrl: './directory-picker.html',
  styleUrl: './directory-picker.css',
})
export class DirectoryPicker {
  readonly listing = input.required<Loaded<BrowseBody>>();

  /** `null` is where the server starts. */
  readonly opened = output<string | null>();
  readonly picked = output<string>();
  readonly dismissed = output();

  protected readonly dialog = viewChild.required(Dialog);
  protected readonly value = computed(() => {
    const loaded = this.listing();
    return loaded.state === 'value' ? loaded.value : null;
  });
  protected readonly directories = computed(() =>
    (this.value()?.entries ?? []).filter((entry) => entry.is_dir && entry.name !== '.git'),
  );
  /** Files by which a project is known; the server lists no others. */
  protected readonly markers = computed(() =>
    (this.value()?.entries ?? [])
      .filter((entry) => !entry.is_dir || entry.name === '.git')
      .map((entry) => entry.name),
  );
}
