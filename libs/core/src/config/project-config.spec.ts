import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import { readProjectConfig } from './project-config';

const NAME = '.securescan.yml';

function complaintOf(text: string): string {
  try {
    readProjectConfig(text, NAME);
  } catch (error) {
    if (error instanceof UserError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return 'none';
}

function deeply(depth: number): string {
  return `licenses: ${'['.repeat(depth)}${']'.repeat(depth)}`;
}

describe('readProjectConfig', () => {
  it('reads the lists of licences', () => {
    const text = [
      'licenses:',
      '  deny: [AGPL-*, SSPL-1.0]',
      '  warn:',
      '    - LGPL-2.1-or-later',
      '  allow: ["MIT", BSD-*, LicenseRef-Acme]',
    ].join('\n');
    expect(readProjectConfig(text, NAME)).toEqual({
      licenses: {
        deny: ['AGPL-*', 'SSPL-1.0'],
        warn: ['LGPL-2.1-or-later'],
        allow: ['MIT', 'BSD-*', 'LicenseRef-Acme'],
      },
    });
  });

  it.each(['', '# nothing yet\n', '---\n', 'null', 'severity: high\nignore:\n  - id: x\n'])(
    'takes %j as saying nothing of licences',
    (text) => {
      expect(readProjectConfig(text, NAME)).toEqual({
        licenses: { deny: [], warn: [], allow: [] },
      });
    },
  );

  it('takes a pattern twice in one list as once', () => {
    const { licenses } = readProjectConfig('licenses: {deny: [MIT, MIT]}', NAME);
    expect(licenses.deny).toEqual(['MIT']);
  });

  it.each([
    ['licenses:\n  denied: [MIT]', '2:3: "licenses.denied" is not known; licenses has deny'],
    ['licenses: yes', '1:11: "licenses" must be a mapping'],
    ['licenses:', '1:1: "licenses" must be a mapping'],
    ['licenses:\n  deny: MIT', '2:9: "licenses.deny" must be a list'],
    ['licenses:\n  deny:\n', '2:3: "licenses.deny" must be a list'],
    ['licenses:\n  deny:\n    - MIT\n    - 2.0', '4:7: "licenses.deny[1]" must be a text'],
    ['licenses:\n  deny:\n    - ', '3:7: "licenses.deny[0]" must be a text'],
    ['licenses: {deny: [mit]}', '1:19: "licenses.deny[0]" is "mit", which is no SPDX id'],
    ['licenses: {deny: [MIT OR ISC]}', '"MIT OR ISC", which is no SPDX id'],
    ['licenses: {deny: [GPL-2.0+]}', '"GPL-2.0+", which is no SPDX id'],
    ['licenses: {deny: ["*"]}', '"*", which is no SPDX id'],
    ['licenses: {deny: [GLP-*]}', '"GLP-*", which is no SPDX id'],
    ['licenses: {deny: [GPL*]}', '"GPL*", which is no SPDX id'],
    ['licenses: {deny: ["GPL-*.*"]}', '"GPL-*.*", which is no SPDX id'],
    [
      'licenses: {deny: [MIT], allow: [ISC, MIT]}',
      '1:38: "licenses.allow[1]" is MIT, which stands',
    ],
    ['licenses: {a: 1, b: 2, c: 3}', 'is not known; licenses has deny, warn, allow (2 more).'],
    ['- licenses', '1:1: the top level must be a mapping'],
    ['just words', '1:1: the top level must be a mapping'],
    ['[a]: 1', '1:1: a name must be a text'],
    ['licenses:\n  deny: [MIT', ':2:13: it is not valid YAML'],
    ['a: 1\na: 2', ':2:1: it is not valid YAML: map keys must be unique'],
    ['a: 1\n---\nb: 2', 'it is not valid YAML'],
    ['x: &x [MIT]\nlicenses:\n  deny: *x', '3:9: "licenses.deny" must be a list'],
    [deeply(100_000), 'it is nested too deeply'],
    ['#'.repeat(300_000), '1:1: it is longer than 262144 characters'],
  ])('refuses %.60j', (text, complaint) => {
    expect(complaintOf(text)).toContain(complaint);
  });

  it('names the file, and keeps every problem for whoever lists them', () => {
    try {
      readProjectConfig('licenses: {deny: [A, B]}', NAME);
    } catch (error) {
      expect(error).toMatchObject({
        message: expect.stringMatching(/^\.securescan\.yml:1:19: .* \(1 more\)\.$/),
        details: {
          problems: [
            { line: 1, column: 19 },
            { line: 1, column: 22 },
          ],
        },
      });
    }
    expect.assertions(1);
  });

  it('does not unfold aliases of aliases', () => {
    const names = Array.from({ length: 30 }, (_, index) => `a${String(index)}`);
    const bomb = names.map((name, index) => {
      const inner =
        index === 0
          ? 'x'
          : Array(9)
              .fill(`*a${String(index - 1)}`)
              .join(', ');
      return `${name}: &${name} [${inner}]`;
    });
    expect(complaintOf(`${bomb.join('\n')}\nlicenses: *a29\n`)).toContain(
      '"licenses" must be a mapping',
    );
  });

  it('throws nothing but its own error, whatever the text', () => {
    const pieces = fc.oneof(
      anyText(),
      fc.constantFrom(
        'licenses:\n',
        '  deny: [',
        '*a',
        '&a ',
        '- ',
        '{',
        '}',
        '"',
        '\n',
        '? ',
        '!!x ',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        expect(() => complaintOf(parts.join(''))).not.toThrow();
        expect(() => complaintOf(`licenses: ${parts.join('')}`)).not.toThrow();
      }),
    );
  });
});
