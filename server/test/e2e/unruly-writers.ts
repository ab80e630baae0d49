import type { ApiKeyCreatedBody, ScanBody } from '@securescan/contracts';
import type { Dice } from '../support/dice';

/**
 * What is known about a thing from the server's answers. Where no answer came, the request may have been carried out or not:
 * `maybe` is then what it may have become.
 */
interface Known<T extends string> {
  is: T;
  maybe: T | null;
}

export type KnownScan = Known<'there' | 'cancelled' | 'deleted'>;
export type KnownKey = Known<'working' | 'revoked'> & { readonly key: string };

/** All that the server has answered for, over all its lives. */
export class Ledger {
  readonly scans = new Map<string, KnownScan>();
  readonly keys = new Map<string, KnownKey>();
  /** Answers so far; what a kill is timed by. */
  answers = 0;
}

export interface Target {
  readonly url: string;
  readonly ownerKey: string;
  /** Directories to scan. */
  readonly directories: readonly string[];
}

/** Callers that create, cancel and delete scans and make and revoke keys, in an order that the dice decide, until nobody answers. */
export class UnrulyWriters {
  private isOver = false;

  constructor(
    private readonly target: Target,
    private readonly ledger: Ledger,
    private readonly dice: Dice,
  ) {}

  /** Resolves once all of them have found the server gone. */
  async run(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.write()));
  }

  private async write(): Promise<void> {
    while (!this.isOver) {
      try {
        await this.act();
      } catch (error) {
        // Where the connection is refused, or breaks before the answer or within it.
        const { message } = error as Error;
        if (message !== 'fetch failed' && message !== 'terminated') throw error;
        this.isOver = true;
      }
    }
  }

  private act(): Promise<void> {
    const actions = [
      () => this.createScan(),
      () => this.createScan(),
      () => this.cancelScan(),
      () => this.deleteScan(),
      () => this.createKey(),
      () => this.revokeKey(),
    ];
    return actions[this.dice.roll(actions.length)]?.() ?? Promise.resolve();
  }

  private async createScan(): Promise<void> {
    const scanners = this.dice.roll(2) === 0 ? ['dockerfile'] : ['semgrep', 'secrets'];
    const target_path = this.dice.pick(this.target.directories);
    const answer = await this.send('POST', '/scans', { target_path, scanners });
    if (answer.status !== 200) throw refused('a scan', answer);
    const { id } = (await answer.json()) as ScanBody;
    // The same scan, asked for again while it waits, is one scan.
    if (!this.ledger.scans.has(id)) this.ledger.scans.set(id, { is: 'there', maybe: null });
  }

  private async cancelScan(): Promise<void> {
    const [id, scan] = this.aScan();
    if (scan === undefined) return;
    scan.maybe = 'cancelled';
    const answer = await this.send('POST', `/scans/${id}/cancel`);
    // 404 and 409: it was deleted or had ended meanwhile.
    settle(scan, answer.status === 200 ? 'cancelled' : null, [200, 404, 409], answer);
  }

  private async deleteScan(): Promise<void> {
    const [id, scan] = this.aScan();
    if (scan === undefined) return;
    scan.maybe = 'deleted';
    const answer = await this.send('DELETE', `/scans/${id}`);
    settle(scan, answer.status === 204 ? 'deleted' : null, [204, 404, 409], answer);
  }

  private async createKey(): Promise<void> {
    const answer = await this.send('POST', '/keys', { name: 'made under load', scopes: ['read'] });
    if (answer.status !== 201) throw refused('a key', answer);
    const { id, key } = (await answer.json()) as ApiKeyCreatedBody;
    this.ledger.keys.set(id, { is: 'working', maybe: null, key });
  }

  private async revokeKey(): Promise<void> {
    const working = [...this.ledger.keys].filter(([, key]) => isSettledAs(key, 'working'));
    const [id, key] = this.dice.pick(working) ?? [];
    if (id === undefined || key === undefined) return;
    key.maybe = 'revoked';
    settle(key, 'revoked', [204], await this.send('DELETE', `/keys/${id}`));
  }

  /** One that nobody else is changing. */
  private aScan(): readonly [string, KnownScan | undefined] {
    const there = [...this.ledger.scans].filter(([, scan]) => isSettledAs(scan, 'there'));
    return this.dice.pick(there) ?? ['', undefined];
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(`${this.target.url}/api/v1${path}`, {
      method,
      headers: {
        'x-api-key': this.target.ownerKey,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    this.ledger.answers += 1;
    return answer;
  }
}

function refused(what: string, answer: Response): Error {
  return new Error(`The server answered ${answer.status} to ${what}.`);
}

function isSettledAs<T extends string>(known: Known<T>, state: T): boolean {
  return known.is === state && known.maybe === null;
}

function settle<T extends string>(
  known: Known<T>,
  now: T | null,
  allowed: readonly number[],
  answer: Response,
): void {
  if (!allowed.includes(answer.status)) throw refused('a change', answer);
  if (now !== null) known.is = now;
  known.maybe = null;
}
