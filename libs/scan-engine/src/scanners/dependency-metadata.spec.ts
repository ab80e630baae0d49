import fc from 'fast-check';
import { dependencyMetadata, packageUrl } from './dependency-metadata';

describe('packageUrl', () => {
  it.each([
    [
      { type: 'npm', name: '@scope/left-pad', installedVersion: '1.3.0' },
      'pkg:npm/%40scope/left-pad@1.3.0',
    ],
    [{ type: 'pypi', name: 'Django_Thing', installedVersion: '4.2' }, 'pkg:pypi/django-thing@4.2'],
    [{ type: 'maven', name: 'org.acme:tool', installedVersion: '1' }, 'pkg:maven/org.acme/tool@1'],
    [
      { type: 'golang', name: 'github.com/acme/tool', installedVersion: 'v1.2.3' },
      'pkg:golang/github.com/acme/tool@v1.2.3',
    ],
    [{ type: 'npm', name: 'left-pad' }, 'pkg:npm/left-pad'],
    [{ type: 'npm', name: '' }, null],
  ])('of %j is %s', (facts, expected) => {
    expect(packageUrl(facts)).toBe(expected);
  });

  it('never throws, whatever a lock file calls its packages', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, installedVersion) => {
        expect(() => packageUrl({ type: 'npm', name, installedVersion })).not.toThrow();
      }),
    );
  });
});

describe('dependencyMetadata', () => {
  it('says what is known and leaves out what is not', () => {
    expect(
      dependencyMetadata({
        type: 'npm',
        name: 'left-pad',
        installedVersion: '1.0.0',
        fixedVersions: ['1.2.0', '2.0.1'],
        advisories: ['GHSA-b', 'CVE-a', 'GHSA-b'],
        cvss: { score: 7.5, vector: null },
        references: ['https://a.example', 'https://a.example'],
      }),
    ).toEqual({
      package: 'left-pad',
      purl: 'pkg:npm/left-pad@1.0.0',
      installed_version: '1.0.0',
      fixed_version: '1.2.0, 2.0.1',
      advisories: ['CVE-a', 'GHSA-b'],
      cvss: { score: 7.5, vector: null },
      references: ['https://a.example'],
    });
    expect(dependencyMetadata({ type: 'pypi', name: 'x' })).toEqual({
      package: 'x',
      purl: 'pkg:pypi/x',
    });
  });
});
