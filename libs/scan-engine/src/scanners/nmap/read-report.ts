import ipaddr from 'ipaddr.js';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { ScannerOutputError } from '../scanner-output.errors';

/** What the report says of one open port. */
export interface OpenPort {
  readonly port: number;
  readonly protocol: string;
  /** Empty where nmap does not know. */
  readonly service: string;
  readonly product: string;
  readonly version: string;
  readonly extraInfo: string;
  /** The service's name is what the port's number is registered for: what answers there did not say. */
  readonly isGuessed: boolean;
  /** The service answers through TLS. */
  readonly isEncrypted: boolean;
  readonly cpes: readonly string[];
}

export interface ReportedHost {
  /** In its shortest spelling. */
  readonly address: string;
  readonly names: readonly string[];
  /** nmap gave it up after its time limit for one host. */
  readonly isTimedOut: boolean;
  readonly ports: readonly OpenPort[];
}

export interface NmapReport {
  readonly hosts: readonly ReportedHost[];
  readonly hostsDown: number;
}

/** nmap nests eight deep. */
const MAX_DEPTH = 32;
const MAX_TEXT = 200;
const MAX_LIST = 10;
const MAX_PORT = 65_535;

interface Draft {
  address: string | null;
  names: string[];
  isTimedOut: boolean;
  ports: OpenPort[];
}

type PortDraft = { -readonly [Key in keyof OpenPort]: OpenPort[Key] } & {
  isOpen: boolean;
  cpes: string[];
};

/**
 * Reads what `nmap -oX -` writes. Well-formed XML only, without entities of its own and to its end; throws ScannerOutputError
 * for anything else.
 */
export function readNmapReport(xml: string): NmapReport {
  const reading = new ReportReading();
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', ({ message }) => {
    throw broken(`it is not well-formed XML (${message.slice(0, MAX_TEXT)})`);
  });
  parser.on('doctype', (doctype) => {
    // nmap's has no content; one that has could define entities.
    if (doctype.includes('[')) throw broken('it has a document type with content');
  });
  parser.on('opentag', (tag) => reading.open(tag));
  parser.on('closetag', ({ name }) => reading.close(name));
  parser.on('text', (text) => reading.text(text));
  parser.write(xml).close();
  return reading.end();
}

class ReportReading {
  private readonly path: string[] = [];
  private readonly hosts: ReportedHost[] = [];
  private host: Draft | null = null;
  private port: PortDraft | null = null;
  private cpe = '';
  private hostsDown = 0;
  private exit: string | null = null;

  open({ name, attributes }: SaxesTagPlain): void {
    this.path.push(name);
    if (this.path.length === 1 && name !== 'nmaprun') throw broken('it is not a report of nmap');
    if (this.path.length > MAX_DEPTH) throw broken('it is nested too deeply');
    this.readElement(this.path.slice(1).join('/'), new Attributes(attributes));
  }

  text(text: string): void {
    if (this.path.at(-1) === 'cpe' && this.cpe.length < MAX_TEXT) this.cpe += text;
  }

  close(name: string): void {
    if (name === 'cpe' && this.port !== null) this.endCpe(this.port);
    if (name === 'port' && this.port !== null) this.endPort(this.port);
    if (name === 'host' && this.path.length === 2 && this.host !== null) this.endHost(this.host);
    this.path.pop();
  }

  end(): NmapReport {
    if (this.exit !== 'success') throw broken('nmap ended early');
    return { hosts: this.hosts, hostsDown: this.hostsDown };
  }

  private readElement(place: string, attributes: Attributes): void {
    if (place.startsWith('runstats/')) this.readStatistics(place, attributes);
    if (place === 'host') {
      const isTimedOut = attributes.text('timedout') === 'true';
      this.host = { address: null, names: [], isTimedOut, ports: [] };
    }
    if (this.host !== null) this.readHost(place, attributes, this.host);
    if (this.port !== null) readPort(place, attributes, this.port);
  }

  private readStatistics(place: string, attributes: Attributes): void {
    if (place === 'runstats/finished') this.exit = attributes.text('exit');
    if (place === 'runstats/hosts')
      this.hostsDown = attributes.number('down', Number.MAX_SAFE_INTEGER);
  }

  private readHost(place: string, attributes: Attributes, host: Draft): void {
    if (place === 'host/address') {
      // The address of the network card can stand beside it.
      if (attributes.text('addrtype') !== 'mac') host.address = addressIn(attributes.text('addr'));
    }
    if (place === 'host/hostnames/hostname' && host.names.length < MAX_LIST) {
      host.names.push(attributes.text('name'));
    }
    if (place === 'host/ports/port') this.port = beginPort(attributes);
  }

  private endCpe(port: PortDraft): void {
    if (port.cpes.length < MAX_LIST) port.cpes.push(this.cpe.slice(0, MAX_TEXT));
    this.cpe = '';
  }

  private endPort({ isOpen, ...port }: PortDraft): void {
    if (isOpen) this.host?.ports.push(port);
    this.port = null;
  }

  private endHost({ address, ...host }: Draft): void {
    if (address === null) throw broken('a host has no address');
    this.hosts.push({ address, ...host });
    this.host = null;
  }
}

function beginPort(attributes: Attributes): PortDraft {
  const protocol = attributes.text('protocol');
  if (!/^[a-z]{1,10}$/.test(protocol)) throw broken('a port has no protocol');
  return {
    port: attributes.number('portid', MAX_PORT),
    protocol,
    service: '',
    product: '',
    version: '',
    extraInfo: '',
    isGuessed: false,
    isEncrypted: false,
    cpes: [],
    isOpen: false,
  };
}

function readPort(place: string, attributes: Attributes, port: PortDraft): void {
  if (place === 'host/ports/port/state') port.isOpen = attributes.text('state') === 'open';
  if (place !== 'host/ports/port/service') return;
  port.service = attributes.text('name');
  port.product = attributes.text('product');
  port.version = attributes.text('version');
  port.extraInfo = attributes.text('extrainfo');
  port.isGuessed = attributes.text('method') === 'table';
  port.isEncrypted = attributes.text('tunnel') === 'ssl';
}

/** The attributes of one element, with bounds. */
class Attributes {
  constructor(private readonly values: Readonly<Record<string, string>>) {}

  /** Empty where there is none. */
  text(name: string): string {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    return (value ?? '').slice(0, MAX_TEXT).replace(/\s+/gu, ' ').trim();
  }

  number(name: string, most: number): number {
    const text = this.text(name);
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value <= most)) throw broken(`"${name}" is not a whole number up to ${String(most)}`);
    return value;
  }
}

function addressIn(text: string): string {
  if (!ipaddr.isValid(text)) throw broken('a host has no valid address');
  return ipaddr.parse(text).toString();
}

function broken(what: string): ScannerOutputError {
  return new ScannerOutputError('nmap', what);
}
