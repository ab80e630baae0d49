import { type PaletteEntry, type PaletteGroup, matchEntries } from './palette-entry';

function entry(group: PaletteGroup, label: string, detail = ''): PaletteEntry {
  return {
    id: `${group} ${label} ${detail}`,
    group,
    label,
    detail,
    icon: 'file',
    does: { kind: 'go', url: '/' },
  };
}

function found(entries: readonly PaletteEntry[], question: string): string[] {
  return matchEntries(entries, question).flatMap((section) =>
    section.entries.map(({ label }) => `${section.group}: ${label}`),
  );
}

const ENTRIES = [
  entry('Pages', 'Overview'),
  entry('Pages', 'New scan'),
  entry('Pages', 'Scanners'),
  entry('Scanners', 'semgrep', 'code'),
  entry('Scans', '/srv/shop', '0c8f2a6e completed'),
];

describe('the entries of the palette', () => {
  it('are found by all words of the question, wherever they stand and however they are written', () => {
    expect(found(ENTRIES, 'SHOP compl')).toEqual(['Scans: /srv/shop']);
    expect(found(ENTRIES, 'shop failed')).toEqual([]);
    expect(found(ENTRIES, '0c8f')).toEqual(['Scans: /srv/shop']);
  });

  it('come by group, and within one by how their name begins', () => {
    expect(found(ENTRIES, 'scan')).toEqual([
      'Pages: Scanners',
      'Pages: New scan',
      'Scans: /srv/shop',
      'Scanners: semgrep',
    ]);
  });

  it('are only those that are reached most often while nothing is asked', () => {
    const many = Array.from({ length: 9 }, (_, index) => entry('Scans', `scan ${index}`));
    expect(found([...many, ...ENTRIES], ' ')).toHaveLength(3 + 5);
    expect(found(many, 'scan')).toHaveLength(6);
  });

  it('take what the server found as it is', () => {
    const hit = entry('Findings', 'SQL built from a request', 'src/orders.ts:12');
    expect(found([hit], 'CWE-89')).toEqual(['Findings: SQL built from a request']);
  });
});
