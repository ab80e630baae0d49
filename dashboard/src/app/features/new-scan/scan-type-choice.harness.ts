import { ComponentHarness, type TestElement } from '@angular/cdk/testing';

/** Reads and drives the choice of scanners as a person does. */
export class ScanTypeChoiceHarness extends ComponentHarness {
  static readonly hostSelector = 'app-scan-type-choice';

  private readonly group = this.locatorFor('fieldset');
  private readonly message = this.locatorFor('.fault');

  async toggleType(type: string): Promise<void> {
    await (await this.type(type)).click();
  }

  async toggleScanner(name: string): Promise<void> {
    await (await this.scanner(name)).click();
  }

  /** What a kind's box shows: on, off, or neither. */
  async typeShows(type: string): Promise<'on' | 'off' | 'mixed'> {
    const box = await this.type(type);
    if (await box.getProperty<boolean>('indeterminate')) return 'mixed';
    return (await box.getProperty<boolean>('checked')) ? 'on' : 'off';
  }

  async isScannerOn(name: string): Promise<boolean> {
    return (await this.scanner(name)).getProperty<boolean>('checked');
  }

  /** What a screen reader says after a scanner's name. */
  async descriptionOf(name: string): Promise<string> {
    const ids = (await (await this.scanner(name)).getAttribute('aria-describedby')) ?? '';
    const parts = await Promise.all(
      ids.split(' ').map(async (id) => (await this.locatorFor(`[id="${id}"]`)()).text()),
    );
    return parts.join(' ');
  }

  async clickInstall(name: string): Promise<void> {
    await (await this.installButton(name)).click();
  }

  async isInstallDisabled(name: string): Promise<boolean> {
    return (await this.installButton(name)).getProperty<boolean>('disabled');
  }

  /** What a screen reader says after the button's name; empty where there is nothing to say. */
  async descriptionOfInstall(name: string): Promise<string> {
    const id = (await (await this.installButton(name)).getAttribute('aria-describedby')) ?? '';
    return (await (await this.locatorForOptional(`[id="${id}"]`)())?.text()) ?? '';
  }

  async installButtons(): Promise<string[]> {
    const buttons = await this.locatorForAll('app-scanner-install button')();
    return Promise.all(
      buttons.map(async (button) => (await button.getAttribute('aria-label')) ?? ''),
    );
  }

  async notices(): Promise<string[]> {
    const notices = await this.locatorForAll('app-error-notice')();
    return Promise.all(notices.map((notice) => notice.text()));
  }

  /** The fault, read from the element that the group names as its description. */
  async fault(): Promise<string> {
    const described = await (await this.group()).getAttribute('aria-describedby');
    const message = await this.message();
    return (await message.getAttribute('id')) === described ? message.text() : '';
  }

  private installButton(name: string): Promise<TestElement> {
    return this.locatorFor(`button[aria-label="Install ${name}"]`)();
  }

  private type(type: string): Promise<TestElement> {
    return this.locatorFor(`[id="type-${type}"]`)();
  }

  private scanner(name: string): Promise<TestElement> {
    return this.locatorFor(`[id="scanner-${name}"]`)();
  }
}
