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

  /** What a screen reader calls the button of each row. */
  async toggleNames(): Promise<string[]> {
    const toggles = await this.toggles();
    return Promise.all(
      toggles.map(async (toggle) => (await toggle.getAttribute('aria-label')) ?? ''),
    );
  }

  async dimmedRows(): Promise<boolean[]> {
    return Promise.all((await this.rows()).map((row) => row.hasClass('suppressed')));
  }

  /** The terms of the open details' lists of known facts, each with what it says. */
  async knownFacts(): Promise<string[][]> {
    const facts: string[][] = [];
    for (const part of await this.locatorForAll('dl.known > *')()) {
      const text = await part.text();
      if (await part.matchesSelector('dt')) facts.push([text]);
      else facts.at(-1)?.push(text);
    }
    return facts;
  }

  /** The id that the button of a row says it controls. */
  async controlledId(row: number): Promise<string | null> {
    return (await (await this.toggles())[row]?.getAttribute('aria-controls')) ?? null;
  }

  async openDetails(): Promise<string[]> {
    return Promise.all((await this.details()).map((host) => host.text()));
  }
}
