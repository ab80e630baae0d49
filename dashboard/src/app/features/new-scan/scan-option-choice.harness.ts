import { ComponentHarness, type TestElement } from '@angular/cdk/testing';

/** Reads and drives the options of a scan as a person does. */
export class ScanOptionChoiceHarness extends ComponentHarness {
  static readonly hostSelector = 'app-scan-option-choice';

  /** The words beside each box. */
  async labels(): Promise<string[]> {
    const labels = await this.locatorForAll('label')();
    return Promise.all(labels.map((label) => label.text()));
  }

  async toggle(label: string): Promise<void> {
    await (await this.box(label)).click();
  }

  async isOn(label: string): Promise<boolean> {
    return (await this.box(label)).getProperty<boolean>('checked');
  }

  /** What a screen reader says after the label. */
  async description(label: string): Promise<string> {
    const ids = (await (await this.box(label)).getAttribute('aria-describedby')) ?? '';
    const parts = await Promise.all(
      ids.split(' ').map(async (id) => (await this.locatorFor(`[id="${id}"]`)()).text()),
    );
    return parts.join(' ').trim();
  }

  private async box(label: string): Promise<TestElement> {
    for (const candidate of await this.locatorForAll('label')()) {
      if ((await candidate.text()) !== label) continue;
      const id = (await candidate.getAttribute('for')) ?? '';
      return this.locatorFor(`input[id="${id}"]`)();
    }
    throw new RangeError(`no option ${label}`);
  }
}
