import { compareCodePoints, NO_LICENSE_POLICY, type ParsedFinding } from '@securescan/core';
import { budgetExceeded } from '../../budgets';
import type {
  BuiltinScanner,
  InspectContext,
  ScannerReport,
  ScanTarget,
  SkippedFile,
} from '../../scanner';
import { tidyNotes } from '../notes';
import { cargoInventory } from './cargo-inventory';
import { composerInventory } from './composer-inventory';
import { LicenseJudge } from './findings';
import { npmInventory } from './npm/inventory';
import { MAX_PACKAGES, type LicensedPackage, type PackageList, type Place } from './package-list';
import { pythonInventory } from './python/inventory';
import { RULES } from './rules';
import { unassessedFiles } from './unassessed';

/** Packages of others with manifests and lock files of their own, which nobody reads. */
const THIRD_PARTY: ReadonlySet<string> = new Set(['node_modules', 'site-packages', 'vendor']);
const NOTHING_KNOWN = 'names packages without their licences, and none of them is installed';

async function inspect(context: InspectContext): Promise<ScannerReport> {
  const { target, files, machine, options, signal } = context;
  const system = machine.openSystem(target.root);
  const paths = files.files.map(({ path }) => path).filter((path) => !isThirdParty(path));
  const listed = new Set(paths);
  const place = { files, system, target: directoryOfTarget(target, listed), paths, listed, signal };
  const inventory = await takeInventory(place);
  const lists = mergedByFile(inventory.lists);
  const { findings, isCut } = judgeAll(
    lists,
    new LicenseJudge(options.licenses ?? NO_LICENSE_POLICY),
  );
  return {
    findings,
    assessed: lists.filter(isAssessed).map(({ file }) => file),
    skipped: [
      ...inventory.skipped,
      ...lists
        .filter((list) => !isAssessed(list))
        .map(({ file }) => ({ path: file, reason: NOTHING_KNOWN })),
    ],
    notes: tidyNotes([
      ...(isCut ? [budgetExceeded(`only the first ${MAX_PACKAGES} packages were judged`)] : []),
      ...lists.filter(({ unknown }) => unknown > 0).map(noteOf),
    ]),
  };
}

async function takeInventory(
  place: Place,
): Promise<{ lists: PackageList[]; skipped: SkippedFile[] }> {
  const inventories = [
    await npmInventory(place),
    await pythonInventory(place),
    await composerInventory(place),
    await cargoInventory(place),
  ];
  return {
    lists: inventories.flatMap(({ lists }) => lists),
    skipped: [...inventories.flatMap(({ skipped }) => skipped), ...unassessedFiles(place.paths)],
  };
}

function isThirdParty(path: string): boolean {
  return path.split('/').some((segment) => THIRD_PARTY.has(segment));
}

/** Relative to the root. For a single file the one that it stands in. */
function directoryOfTarget({ root, path }: ScanTarget, listed: ReadonlySet<string>): string {
  const relative = path.slice(root.length).replaceAll('\\', '/').replace(/^\//u, '');
  return listed.has(relative)
    ? relative.slice(0, Math.max(0, relative.lastIndexOf('/')))
    : relative;
}

/** A manifest may stand for an environment, and name packages itself. */
function mergedByFile(lists: readonly PackageList[]): PackageList[] {
  const merged = new Map<string, PackageList>();
  for (const list of lists) {
    const before = merged.get(list.file);
    merged.set(
      list.file,
      before === undefined
        ? list
        : {
            file: list.file,
            packages: [...before.packages, ...list.packages],
            known: before.known + list.known,
            unknown: before.unknown + list.unknown,
          },
    );
  }
  return [...merged.values()].sort((a, b) => compareCodePoints(a.file, b.file));
}

/** A lock file without any package has been read whole. */
function isAssessed({ known, unknown }: PackageList): boolean {
  return known > 0 || unknown === 0;
}

function noteOf({ file, unknown }: PackageList): string {
  const count = unknown === 1 ? 'the licence of 1 package' : `the licences of ${unknown} packages`;
  return `${file}: ${count} could not be told, because the file does not say and nothing is installed`;
}

function judgeAll(
  lists: readonly PackageList[],
  judge: LicenseJudge,
): { readonly findings: ParsedFinding[]; readonly isCut: boolean } {
  const findings: ParsedFinding[] = [];
  let left = MAX_PACKAGES;
  for (const { file, packages } of lists) {
    const different = differentPackages(packages);
    for (const found of different.slice(0, left)) {
      const finding = judge.findingFor(found, file);
      if (finding !== null) findings.push(finding);
    }
    if (different.length > left) return { findings, isCut: true };
    left -= different.length;
  }
  return { findings, isCut: false };
}

/** Each package once, in order. What is installed twice counts as needed at run time if one of the two is. */
function differentPackages(packages: readonly LicensedPackage[]): LicensedPackage[] {
  const different = new Map<string, LicensedPackage>();
  for (const found of packages) {
    const key = keyOf(found);
    if (different.get(key)?.scope !== null || found.scope === null) different.set(key, found);
  }
  return Array.from(different)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([, found]) => found);
}

function keyOf({ type, name, version, statements }: LicensedPackage): string {
  return JSON.stringify([name, version, type, statements]);
}

export const licensesScanner: BuiltinScanner = Object.freeze<BuiltinScanner>({
  kind: 'builtin',
  name: 'licenses',
  scanType: 'dependency',
  description:
    'Reads the licences of packages from lock files and from what is installed in the tree, and holds them against a policy.',
  checks: [
    'Copyleft licences of npm, Python, PHP and Rust packages',
    'Packages without a licence, or with one that nobody can tell',
    'Licences that the policy in .securescan.yml denies, warns of or does not allow',
    'SPDX expressions with alternatives and exceptions, and names that are no SPDX ids',
  ],
  timeLimitMs: 120_000,
  rules: RULES,
  inspect,
});
