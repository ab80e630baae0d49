import { existsSync, writeFileSync } from 'node:fs';
import { InstanceMark } from '../../ports/instance-mark.port';

const TEXT =
  'This installation of SecureScan has asked for credentials. Its database says so too.\n';

/** A file beside the database. */
export class FileInstanceMark extends InstanceMark {
  readonly place: string;

  constructor(databaseFile: string) {
    super();
    this.place = `${databaseFile}.secured`;
  }

  isSet(): boolean {
    return existsSync(this.place);
  }

  set(): void {
    if (!this.isSet()) writeFileSync(this.place, TEXT, { mode: 0o600 });
  }
}
