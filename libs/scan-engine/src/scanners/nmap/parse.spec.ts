import { describeParserContract } from '../parser.contract';
import { ScannerOutputError } from '../scanner-output.errors';
import { parseNmap } from './parse';

describeParserContract('nmap', parseNmap, { extension: 'xml', subject: 'shop.example' });

interface Port {
  readonly port?: number;
  readonly state?: string;
  readonly service?: string;
}

function report(ports: readonly Port[], finished = 'exit="success"'): string {
  const elements = ports.map(
    ({ port = 8080, state = 'open', service = '' }) =>
      `<port protocol="tcp" portid="${String(port)}"><state state="${state}"/>${service}</port>`,
  );
  const host = `<host><address addr="192.0.2.7" addrtype="ipv4"/><ports>${elements.join('')}</ports></host>`;
  return `<nmaprun>${host}<runstats><finished ${finished}/></runstats></nmaprun>`;
}

const severityOf = (port: Port): string | undefined =>
  parseNmap(report([port]), '').findings[0]?.severity;

describe('what nmap reports', () => {
  it.each([21, 23, 5900, 6379, 27017, 11211])('is high for port %i', (port) => {
    expect(severityOf({ port })).toBe('high');
  });

  it.each(['telnet', 'ftp', 'rsh', 'rlogin', 'shell', 'login'])('is high for %s', (name) => {
    expect(severityOf({ service: `<service name="${name}"/>` })).toBe('high');
  });

  it.each([3306, 5432, 1433, 1521, 135, 139, 445, 3389])('is medium for port %i', (port) => {
    expect(severityOf({ port })).toBe('medium');
  });

  it('is information for everything else, file transfer through TLS too', () => {
    expect(severityOf({ port: 443 })).toBe('info');
    expect(severityOf({ port: 990, service: '<service name="ftp" tunnel="ssl"/>' })).toBe('info');
  });

  it('counts for open ports only', () => {
    const states = ['closed', 'filtered', 'open|filtered', 'unfiltered'];
    const { findings } = parseNmap(report(states.map((state) => ({ state }))), '');
    expect(findings).toEqual([]);
  });

  it('does not take a name out of a table for an answer', () => {
    const guessed = '<service name="postgresql" method="table"/>';
    const [finding] = parseNmap(report([{ port: 5432, service: guessed }]), '').findings;
    expect(finding?.description).toContain('did not say what it is');
    expect(finding?.metadata).toMatchObject({ target_host: '192.0.2.7', service: 'postgresql' });
  });
});

describe('a report that is not trusted', () => {
  it.each([
    ['a run that failed', report([], 'exit="error" errormsg="no route"'), 'ended early'],
    ['a run without an end', '<nmaprun></nmaprun>', 'ended early'],
    ['another document', '<html></html>', 'not a report of nmap'],
    ['a port of another world', report([{ port: 70_000 }]), 'portid'],
    ['a host without an address', '<nmaprun><host></host></nmaprun>', 'has no address'],
    ['deep nesting', `<nmaprun>${'<a>'.repeat(10_000)}`, 'nested too deeply'],
    [
      'entities of its own',
      `<!DOCTYPE nmaprun [<!ENTITY a "${'b'.repeat(100)}">]>${report([])}`,
      'document type with content',
    ],
    ['an entity of nobody', report([{ service: '<service name="&a;"/>' }]), 'well-formed'],
  ])('is %s', (_name, xml, reason) => {
    expect(() => parseNmap(xml, '')).toThrow(ScannerOutputError);
    expect(() => parseNmap(xml, '')).toThrow(reason);
  });

  it('keeps no more of a text than a finding can show', () => {
    const name = 'a'.repeat(100_000);
    const cpes = '<cpe>cpe:/a:b</cpe>'.repeat(1_000);
    const service = `<service name="${name}" product="${name}">${cpes}</service>`;
    const { findings } = parseNmap(report([{ service }]), '');
    expect(JSON.stringify(findings).length).toBeLessThan(5_000);
  });
});
