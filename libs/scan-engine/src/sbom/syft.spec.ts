import { OperationalError } from '@securescan/core';
import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { readSyft } from './syft';

const TARGET = { root: '/p', path: '/p/shop', project: 'shop' };

const at = (...places: string[]) =>
  places.map((value, index) => ({ name: `syft:location:${String(index)}:path`, value }));

const BOM = {
  bomFormat: 'CycloneDX',
  components: [
    {
      'bom-ref': 'pkg:npm/%40acme/oak@1.2.3?package-id=1',
      type: 'library',
      name: '@acme/oak',
      version: '1.2.3',
      purl: 'pkg:npm/%40acme/oak@1.2.3',
      licenses: [{ license: { id: 'MIT' } }, { license: { name: 'The Oak Licence' } }],
      hashes: [
        { alg: 'SHA-256', content: 'AB'.repeat(32) },
        { alg: 'BLAKE3', content: 'ab' },
      ],
      properties: [
        ...at('/package-lock.json', '/app/package-lock.json'),
        { name: 'x', value: 'y' },
      ],
    },
    {
      'bom-ref': 'elm',
      type: 'library',
      name: 'elm',
      version: '1',
      purl: 'pkg:deb/debian/elm@1?arch=amd64',
      licenses: [{ expression: 'MIT OR ISC' }],
      properties: at('/package-lock.json'),
    },
    { 'bom-ref': 'fir', type: 'library', name: 'fir', purl: 'pkg:gem/fir@2' },
    { 'bom-ref': 'os', type: 'operating-system', name: 'debian' },
    { 'bom-ref': 'bad', type: 'library', name: 'bad', purl: 'no package url' },
  ],
  dependencies: [{ ref: 'elm', dependsOn: ['pkg:npm/%40acme/oak@1.2.3?package-id=1', 'fir'] }],
};

describe('what syft lists', () => {
  it('is sorted by the files in which it was found, as seen from the root', () => {
    const files = readSyft(JSON.stringify(BOM), TARGET);
    expect(
      files.map(({ path, lockfile }) => [path, lockfile.packages.map(({ name }) => name)]),
    ).toEqual([
      ['shop', ['fir']],
      ['shop/app/package-lock.json', ['oak']],
      ['shop/package-lock.json', ['oak', 'elm']],
    ]);
    const [oak, elm] = files[2]?.lockfile.packages ?? [];
    expect(oak).toEqual({
      key: 'pkg:npm/%40acme/oak@1.2.3?package-id=1',
      type: 'npm',
      namespace: '@acme',
      name: 'oak',
      version: '1.2.3',
      qualifiers: {},
      scope: 'required',
      license: '(MIT) AND (The Oak Licence)',
      hashes: [{ algorithm: 'SHA-256', hex: 'ab'.repeat(32) }],
      dependsOn: null,
    });
    expect(elm).toMatchObject({
      type: 'deb',
      namespace: 'debian',
      qualifiers: { arch: 'amd64' },
      license: 'MIT OR ISC',
      dependsOn: ['pkg:npm/%40acme/oak@1.2.3?package-id=1'],
    });
  });

  it('is whole, empty, or refused by name, whatever it says', () => {
    const part = fc.oneof(anyText(), fc.jsonValue());
    const bom = fc.record(
      {
        components: fc.oneof(
          fc.array(
            fc.record(
              { 'bom-ref': part, purl: fc.oneof(part, fc.constant('pkg:npm/a@1')), licenses: part },
              { requiredKeys: [] },
            ),
          ),
          part,
        ),
        dependencies: part,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText(),
          bom.map((value) => JSON.stringify(value)),
        ),
        (text) => {
          try {
            readSyft(text, TARGET);
          } catch (error) {
            expect(error).toBeInstanceOf(OperationalError);
            expect(error).toHaveProperty('code', 'TOOL_OUTPUT_INVALID');
          }
        },
      ),
    );
  });
});
