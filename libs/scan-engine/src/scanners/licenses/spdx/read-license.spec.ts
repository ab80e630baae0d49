import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { LICENSE_NAMES } from './license-names';
import { parseExpression, toExpression } from './license-tree';
import { readLicense } from './read-license';

function told(text: string): string {
  const reading = readLicense(text);
  if (reading.tree === null) return `? ${reading.reason}`;
  return `${toExpression(reading.tree)}${reading.isUnclear ? ' (unclear)' : ''}`;
}

describe('readLicense', () => {
  it.each([
    ['MIT', 'MIT'],
    ['(MIT OR GPL-3.0)', 'MIT OR GPL-3.0-only'],
    ['MIT AND (BSD-3-Clause OR ISC)', 'MIT AND (BSD-3-Clause OR ISC)'],
    ['MIT OR (ISC OR MIT)', 'MIT OR ISC'],
    ['MIT OR MIT', 'MIT'],
    ['Apache-2.0+', 'Apache-2.0+'],
    ['LicenseRef-Acme-1', 'LicenseRef-Acme-1'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0+', 'GPL-2.0-or-later'],
    ['LGPL-2.1+ OR MIT', 'LGPL-2.1-or-later OR MIT'],
    ['GFDL-1.3', 'GFDL-1.3-only'],
    ['GPL-2.0 WITH Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only WITH GCC-exception-3.1'],
    ['wxWindows', 'LGPL-2.0-or-later WITH WxWindows-exception-3.1'],
  ])('reads the expression %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    ['GNU GPL v3', 'GPL-3.0-only'],
    ['GNU General Public License v3 or later (GPLv3+)', 'GPL-3.0-or-later'],
    ['GNU General Public License v2 (GPLv2)', 'GPL-2.0-only'],
    ['GNU Lesser General Public License v2 or later (LGPLv2+)', 'LGPL-2.0-or-later'],
    ['GNU Library or Lesser General Public License (LGPL)', 'LGPL-2.0-or-later'],
    ['GNU Affero General Public License v3', 'AGPL-3.0-only'],
    ['GPL', 'GPL-1.0-or-later'],
    ['gpl-3.0', 'GPL-3.0-only'],
    ['GPL version 2', 'GPL-2.0-only'],
    ['GPL v2 or any later version', 'GPL-2.0-or-later'],
    ['LGPL2.1', 'LGPL-2.1-only'],
    ['LGPL-2.0', 'LGPL-2.0-only'],
    ['GPLv2, v3', 'GPL-2.0-only OR GPL-3.0-only'],
    ['GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007', 'GPL-3.0-only'],
    ['LGPL with parts under GPL', 'LGPL-2.0-or-later AND GPL-1.0-or-later'],
    ['GNU LGPL v3+', 'LGPL-3.0-or-later'],
    ['GPLv2-or-later with a special exception (including commercial ones)', 'GPL-2.0-or-later'],
  ])('reads the GNU licence %s', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    ['mit', 'MIT'],
    ['"MIT"', 'MIT'],
    ['MIT License', 'MIT'],
    ['Apache License 2.0', 'Apache-2.0'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['Apache 2', 'Apache-2.0'],
    ['MIT (https://opensource.org/licenses/MIT)', 'MIT'],
    ['BSD 3-Clause "New" or "Revised" License', 'BSD-3-Clause'],
    ['MPLv2', 'MPL-2.0'],
    ['Boost Software License 1.0', 'BSL-1.0'],
    ['BSD', 'BSD-3-Clause'],
    ['3-Clause BSD License', 'BSD-3-Clause'],
    ['Mozilla Public License 2.0 (MPL 2.0)', 'MPL-2.0'],
    ['EPL 2.0', 'EPL-2.0'],
    ['CC BY-NC 4.0', 'CC-BY-NC-4.0'],
    ['MIT License\n\nCopyright (c) 2020 Somebody\n\nPermission is …', 'MIT'],
  ])('reads the name %j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    ['MIT/Apache-2.0', 'MIT OR Apache-2.0'],
    ['mit or apache-2.0', 'MIT OR Apache-2.0'],
    ['BSD and GPLv3', 'BSD-3-Clause AND GPL-3.0-only'],
    ['GPL-2.0 or GPL-3.0', 'GPL-2.0-only OR GPL-3.0-only'],
    ['MIT, GPL', 'MIT AND GPL-1.0-or-later (unclear)'],
    ['MIT and ISC/BSD', 'MIT AND ISC AND BSD-3-Clause (unclear)'],
    ['MIT, BSD and something else', '? unrecognised'],
  ])('reads several names in %j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    ['', '? missing'],
    ['  \n', '? missing'],
    ['UNKNOWN', '? missing'],
    ['NOASSERTION', '? missing'],
    ['UNLICENSED', '? unlicensed'],
    ['Unlicense', 'Unlicense'],
    ['SEE LICENSE IN LICENSE.md', '? file'],
    ['LICENSE.txt', '? file'],
    ['https://example.org/terms', '? file'],
    ['Proprietary', '? proprietary'],
    ['Other/Proprietary License', '? proprietary'],
    ['Proprietary, contains MIT code', '? proprietary'],
    ['Permitted use', '? unrecognised'],
    ['UNLIMITED', '? unrecognised'],
    ['MIT with additions', '? unrecognised'],
    ['Not MIT', '? unrecognised'],
    ['MPL 3.0', '? unrecognised'],
    [`Copyright ${'x'.repeat(300)} MIT`, '? unrecognised'],
  ])('takes %.40j for what it is', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it('knows what its own names stand for', () => {
    for (const [name, id] of Object.entries(LICENSE_NAMES)) {
      expect(name).toBe(name.toLowerCase());
      expect([name, parseExpression(id)]).toEqual([name, { id, orLater: false, exception: null }]);
    }
  });

  it('reads any text, and its own expressions as they are', () => {
    const piece = fc.oneof(
      anyText(),
      fc.constantFrom('MIT', 'GPL-2.0+', ' OR ', ' AND ', '(', ')', ' WITH ', 'GPLv2', '/', ', '),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const reading = readLicense(pieces.join(''));
        if (reading.tree === null) return;
        const expression = toExpression(reading.tree);
        expect(parseExpression(expression)).toEqual(reading.tree);
      }),
    );
  });

  it.each([
    ['brackets', `${'('.repeat(400)}MIT${')'.repeat(400)}`],
    ['many more brackets', '('.repeat(1_000_000)],
    ['alternatives', Array(100).fill('MIT').join(' OR ')],
    ['words', 'or '.repeat(300_000)],
    ['quotes', '"'.repeat(1_000_000)],
    ['points', `x${'. '.repeat(500_000)}x`],
    ['digits', '1.1'.repeat(300_000)],
  ])('is not held up by %s', (_, text) => {
    const start = performance.now();
    readLicense(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
