import fc from 'fast-check';
import { diffSboms } from './sbom-diff';

interface Listed {
  ref: string;
  purl: string | null;
  type: string;
  name: string;
  version: string | null;
  licenses: string[];
}

function listed(name: string, version: string | null, licenses: string[] = []): Listed {
  const purl = `pkg:npm/${name}${version === null ? '' : `@${version}`}`;
  return { ref: purl, purl, type: 'npm', name, version, licenses };
}

/** Few names, versions and licences, so that they meet. */
const bill = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('oak', 'elm', 'fir', '%40ash/bark'),
      fc.constantFrom('1', '2', '3', null),
      fc.subarray(['MIT', 'ISC']),
    )
    .map((facts) => listed(...facts)),
  { selector: ({ ref }) => ref },
);

const refs = (components: readonly Listed[]) => components.map(({ ref }) => ref);
const ofVersions = (name: string, versions: readonly string[]) =>
  versions.map((version) => (version.startsWith('pkg:') ? version : `${name}@${version}`));

it('leads from one bill to the other', () => {
  fc.assert(
    fc.property(bill, bill, (base, head) => {
      const { added, removed, changed } = diffSboms(base, head);
      const gone = [...refs(removed), ...changed.flatMap((c) => ofVersions(c.package, c.from))];
      const come = [...refs(added), ...changed.flatMap((c) => ofVersions(c.package, c.to))];
      const kept = refs(base).filter((ref) => !gone.includes(ref));
      expect(kept.length + gone.length).toBe(base.length);
      expect(new Set([...kept, ...come])).toEqual(new Set(refs(head)));
      expect(kept.length + come.length).toBe(head.length);
    }),
  );
});

it('says the opposite from the other side', () => {
  fc.assert(
    fc.property(bill, bill, (base, head) => {
      const there = diffSboms(base, head);
      const back = diffSboms(head, base);
      expect(back.added).toEqual(there.removed);
      expect(back.removed).toEqual(there.added);
      expect(back.unchanged).toBe(there.unchanged);
      const byName = (changes: typeof there.changed) =>
        new Map(changes.map((change) => [change.package, [change.from, change.to]]));
      expect(byName(back.changed)).toEqual(
        new Map([...byName(there.changed)].map(([name, sides]) => [name, [...sides].reverse()])),
      );
    }),
  );
});

it('counts each package of the head once', () => {
  fc.assert(
    fc.property(bill, bill, (base, head) => {
      const { added, changed, licenseChanged, unchanged } = diffSboms(base, head);
      const came = changed.reduce((sum, { to }) => sum + to.length, 0);
      expect(added.length + came + licenseChanged.length + unchanged).toBe(head.length);
    }),
  );
});

it('finds nothing between a bill and itself', () => {
  fc.assert(
    fc.property(bill, (one) => {
      const nothing = { added: [], removed: [], changed: [], licenseChanged: [] };
      expect(diffSboms(one, one)).toEqual({ ...nothing, unchanged: one.length });
    }),
  );
});

it('tells a package by its address without version and qualifiers', () => {
  const from = {
    ...listed('oak', '1'),
    ref: 'pkg:npm/oak@1?vcs_url=x',
    purl: 'pkg:npm/oak@1?vcs_url=x',
  };
  const { changed, added, removed } = diffSboms([from], [listed('oak', '2')]);
  expect([added, removed]).toEqual([[], []]);
  expect(changed).toEqual([
    { package: 'pkg:npm/oak', name: 'oak', type: 'npm', from: ['1'], to: ['2'] },
  ]);
});

it('goes by type and name where there is no address', () => {
  const oak = (version: string) => ({
    ...listed('oak', version),
    purl: null,
    ref: `package:${version}`,
  });
  expect(diffSboms([oak('1')], [oak('2')]).changed).toMatchObject([{ package: 'npm:oak' }]);
});
