import { ComponentHarness } from '@angular/cdk/testing';

/** Reads and fills one field for a place to scan as a person does. */
export class TargetInputHarness extends ComponentHarness {
  static readonly hostSelector = 'app-target-input';

  private readonly input = this.locatorFor('input');

  /** The words that name the field: those of the label that is bound to it. */
  async label(): Promise<string> {
    const id = await (await this.input()).getAttribute('id');
    return (await this.locatorFor(`label[for="${id ?? ''}"]`)()).text();
  }

  async text(): Promise<string> {
    return (await this.input()).getProperty<string>('value');
  }

  async isRequired(): Promise<boolean> {
    return (await this.input()).getProperty<boolean>('required');
  }

  async isInvalid(): Promise<boolean> {
    return (await (await this.input()).getAttribute('aria-invalid')) === 'true';
  }

  async isFocused(): Promise<boolean> {
    return (await this.input()).isFocused();
  }

  /** Types as if into an empty field, and leaves it. */
  async fill(text: string): Promise<void> {
    const input = await this.input();
    await input.clear();
    await input.sendKeys(text);
    await input.dispatchEvent('change');
  }

  /** What a screen reader says after the label: the hint, then the fault. */
  async description(): Promise<string> {
    const ids = (await (await this.input()).getAttribute('aria-describedby')) ?? '';
    const parts = await Promise.all(
      ids.split(' ').map(async (id) => (await this.locatorFor(`[id="${id}"]`)()).text()),
    );
    return parts.join(' ').trim();
  }

  /** Read from the element that says by itself when it changes. */
  async fault(): Promise<string> {
    return (await this.locatorFor('.fault[aria-live="polite"]')()).text();
  }

  async recent(): Promise<string[]> {
    const choices = await this.locatorForAll('.recent button')();
    return Promise.all(choices.map((choice) => choice.text()));
  }

  async chooseRecent(index: number): Promise<void> {
    await (await this.locatorForAll('.recent button')())[index]?.click();
  }
}
