import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../../ui/empty-state/empty-state';

@Component({
  selector: 'app-not-found-page',
  imports: [EmptyState, RouterLink],
  template: `
    <div class="page">
      <h1>There is no such page</h1>
      <div class="panel">
        <app-empty-state icon="file" heading="The address leads nowhere">
          <p>It may be mistyped, or belong to something that was deleted.</p>
          <a class="button" routerLink="/">Go to the overview</a>
        </app-empty-state>
      </div>
    </div>
  `,
})
export class NotFoundPage {}
