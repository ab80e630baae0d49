import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts, as node:https takes them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateWish {
  /** As openssl writes subject alternative names: `DNS:shop.test,IP:127.0.0.1`. */
  readonly names: string;
  /** `YYYYMMDDHHMMSSZ`; left out, it holds from now on, for a year. */
  readonly from?: string;
  readonly until?: string;
  readonly rsaBits?: number;
  /** Signed by itself and not by the authority. */
  readonly isSelfSigned?: boolean;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const CONFIGURATION = `
[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
`;

/** An authority of our own, made by openssl when the test runs, in a directory that is gone when `close` has been called. */
export class TestAuthority {
  readonly cert: string;
  private readonly directory = mkdtempSync(join(tmpdir(), 'authority-'));
  private issued = 0;

  constructor() {
    this.write('openssl.cnf', CONFIGURATION);
    this.write('index.txt', '');
    this.write('serial', '1000\n');
    const subject = ['-subj', '/CN=SecureScan test authority'];
    const files = ['-keyout', 'ca.key', '-out', 'ca.pem'];
    this.openssl(['req', '-x509', ...EC, '-nodes', '-days', '3650', ...subject, ...files]);
    this.cert = this.read('ca.pem');
  }

  issue(wish: CertificateWish): Certificate {
    this.issued += 1;
    const name = `leaf${this.issued}`;
    const { rsaBits, names, isSelfSigned = false } = wish;
    const algorithm = rsaBits === undefined ? EC : ['-newkey', `rsa:${rsaBits}`];
    const described = ['-subj', '/CN=leaf', '-addext', `subjectAltName=${names}`];
    const request = ['req', '-new', '-nodes', ...algorithm, ...described];
    if (isSelfSigned) {
      const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
      this.openssl([...request, '-x509', '-days', '365', ...files]);
    } else {
      this.openssl([...request, '-keyout', `${name}.key`, '-out', `${name}.csr`]);
      this.sign(name, wish);
    }
    return { key: this.read(`${name}.key`), cert: this.read(`${name}.pem`) };
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private sign(name: string, { from, until }: CertificateWish): void {
    const dates = [
      ...(from === undefined ? [] : ['-startdate', from]),
      ...(until === undefined ? ['-days', '365'] : ['-enddate', until]),
    ];
    const authority = ['-config', 'openssl.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key'];
    const files = ['-in', `${name}.csr`, '-out', `${name}.pem`];
    this.openssl(['ca', '-batch', '-notext', ...authority, ...dates, ...files]);
  }

  private openssl(args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: 'pipe' });
  }

  private write(name: string, text: string): void {
    writeFileSync(join(this.directory, name), text);
  }

  private read(name: string): string {
    return readFileSync(join(this.directory, name), 'utf8');
  }
}

/** The time in so many days, as openssl writes it. */
export function inDays(days: number): string {
  const time = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${time.replaceAll(/[-:T]/gu, '').slice(0, 14)}Z`;
}
