import { Component, computed, input } from '@angular/core';
import type { FindingWithStateBody } from '@securescan/contracts';
import { Icon } from '../ui/icon/icon';
import { adviceOf, cweAddress, referencesOf, snippetOf } from './finding-facts';
import { factGroupsOf } from './finding-metadata';

/** Everything that is known of one finding. All of it is text of tools, and stays text. */
@Component({
  selector: 'app-finding-details',
  imports: [Icon],
  templateUrl: './finding-details.html',
  styleUrl: './finding-details.css',
})
export class FindingDetails {
  readonly finding = input.required<FindingWithStateBody>();

  protected readonly groups = computed(() => factGroupsOf(this.finding()));
  protected readonly snippet = computed(() => snippetOf(this.finding()));
  protected readonly advice = computed(() => adviceOf(this.finding()));
  protected readonly references = computed(() => referencesOf(this.finding()));
  protected readonly cweLink = computed(() => cweAddress(this.finding().cwe ?? ''));
  /** Who else reported the same defect. */
  protected readonly others = computed(() => {
    const { scanner, rule_id, aliases } = this.finding();
    return aliases.filter((alias) => alias.scanner !== scanner || alias.rule_id !== rule_id);
  });
}
