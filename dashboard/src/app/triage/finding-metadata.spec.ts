import type { JsonObject, ScanType } from '@securescan/contracts';
import { factGroupsOf } from './finding-metadata';

function shown(
  metadata: JsonObject,
  type: ScanType = 'dependency',
): readonly (readonly string[])[] {
  return factGroupsOf({ scan_type: type, metadata }).flatMap(({ facts }) =>
    facts.map(({ label, values }) => [label, ...values]),
  );
}

describe('factGroupsOf', () => {
  it('tells all that is known of a package, in the same order whatever the order of the members', () => {
    const metadata: JsonObject = {
      license: 'MIT',
      purl: 'pkg:npm/lodash@4.17.20',
      cvss: { vector: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H', score: 7.2 },
      advisories: ['CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm', 'CVE-2021-23337'],
      affected_range: '<4.17.21',
      fixed_version: '4.17.21',
      installed_version: '4.17.20',
      package: 'lodash',
    };
    expect(shown(metadata)).toEqual([
      ['Package', 'lodash'],
      ['Installed', '4.17.20'],
      ['Fixed in', '4.17.21'],
      ['Affected', '<4.17.21'],
      ['Advisories', 'CVE-2021-23337', 'GHSA-35jh-r3h4-6jhm'],
      ['CVSS', '7.2 (CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H)'],
      ['Licence', 'MIT'],
      ['Package URL', 'pkg:npm/lodash@4.17.20'],
    ]);
  });

  it('tells where in an application, on a host or on a machine a finding is', () => {
    expect(
      shown({
        resource: 'deployment/shop',
        path: '/etc/shadow',
        baseline_scope: 'host',
        version: '9.6',
        product: 'OpenSSH',
        service: 'ssh',
        protocol: 'tcp',
        port: 22,
        host_addr: '10.1.2.3',
        cookie: 'sid',
        header: 'Set-Cookie',
        param: 'q',
        url: 'http://shop.test/search',
        target_url: 'http://shop.test/',
      }),
    ).toEqual([
      ['Application', 'http://shop.test/'],
      ['Address', 'http://shop.test/search'],
      ['Parameter', 'q'],
      ['Header', 'Set-Cookie'],
      ['Cookie', 'sid'],
      ['Host', '10.1.2.3'],
      ['Port', '22'],
      ['Protocol', 'tcp'],
      ['Service', 'ssh'],
      ['Product', 'OpenSSH'],
      ['Version', '9.6'],
      ['Judged', "the server's own machine"],
      ['Path', '/etc/shadow'],
      ['Resource', 'deployment/shop'],
    ]);
  });

  it('knows a package by its kind of scan: in the metadata of rules for code the words mean something else', () => {
    const metadata = { license: 'LGPL-2.1', version: '2', path: 'a' };
    expect(shown(metadata, 'code')).toEqual([]);
    expect(shown(metadata, 'iac')).toEqual([
      ['Version', '2'],
      ['Path', 'a'],
    ]);
  });

  it('has a group only where there is something in it', () => {
    const headings = (metadata: JsonObject) =>
      factGroupsOf({ scan_type: 'dependency', metadata }).map(({ heading }) => heading);
    expect(headings({})).toEqual([]);
    expect(headings({ package: 'lodash' })).toEqual(['The package']);
    expect(headings({ port: 22 })).toEqual(['The place']);
    expect(headings({ package: 'lodash', path: 'a' })).toEqual(['The package', 'The place']);
  });

  it.each<[JsonObject, readonly (readonly string[])[]]>([
    [{ cvss: { score: 9.8, vector: null } }, [['CVSS', '9.8']]],
    [{ cvss: { score: null, vector: 'CVSS:3.1/AV:N' } }, [['CVSS', 'CVSS:3.1/AV:N']]],
    [{ baseline_scope: 'target' }, [['Judged', 'the files of the target']]],
    [{ license: ['MIT', 'Apache-2.0'] }, [['Licence', 'MIT', 'Apache-2.0']]],
  ])('makes do with what there is of %j', (metadata, expected) => {
    expect(shown(metadata)).toEqual(expected);
  });

  it.each<[JsonObject]>([
    [{ confidence: 'HIGH', evidence: 'x' }],
    [{ package: '', installed_version: null, fixed_version: {}, advisories: [{}, null, ''] }],
    [{ cvss: 9.8 }],
    [{ cvss: ['9.8'] }],
    [{ cvss: { score: {}, vector: [] } }],
    [{ baseline_scope: 'moon', port: true }],
  ])('leaves out what it does not know or what is not as it should be: %j', (metadata) => {
    expect(shown(metadata)).toEqual([]);
  });
});
