import { ComponentHarness } from '@angular/cdk/testing';

/** Reads and drives a findings table as a person does. */
export class FindingsTableHarness extends ComponentHarness {
  static readonly hostSelector = 'app-findings-table';

  private readonly rows = this.locatorForAll('tr.row');
  private readonly toggles = this.locatorForAll('.toggle button');
  private readonly details = this.locatorForAll('app-finding-details');

  /** The cells of each row as text: severity, location, title, scanner, rule. */
  async cells(): Promise<string[][]> {
    const columns = ['severity', 'location', 'title', 'scanner', 'rule'];
    const texts = await Promise.all(
      columns.map(async (column) => {
        const cells = await this.locatorForAll(`tr.row td.${column}`)();
        return Promise.all(cells.map((cell) => cell.text()));
      }),
    );
    const rows = await this.rows();
    return rows.map((_, row) => texts.map((column) => column[row] ?? ''));
  }

  async toggleByButton(row: number): Promise<void> {
    await (await this.toggles())[row]?.click();
  }

  async toggleByRow(row: number): Promise<void> {
    await (await this.rows())[row]?.click();
  }

  async isExpanded(row: number): Promise<boolean> {
    return (await (await this.toggles())[row]?.getAttribute('aria-expanded')) === 'true';
  }

  /** The id that the button of a row says it controls. */
  async controlledId(row: number): Promise<string | null> {
    return (await (await this.toggles())[row]?.getAttribute('aria-controls')) ?? null;
  }

  async openDetails(): Promise<string[]> {
    return Promise.all((await this.details()).map((host) => host.text()));
  }
}
