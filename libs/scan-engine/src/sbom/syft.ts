import {
  compareCodePoints,
  hashOf,
  OperationalError,
  type FoundLockfile,
  type JsonReader,
  type ListedPackage,
  type PackageHash,
} from '@securescan/core';
import { PackageURL } from 'packageurl-js';
import { lastWords } from '../one-line';
import type { HostPorts, ProcessResult } from '../ports';
import type { ScanTarget, ToolDescription } from '../scanner';
import { readToolJson } from '../scanners/json-reader';
import { SKIPPED_DIRECTORIES } from '../skipped-directories';
import { probeVersion } from '../tool-version';

const TOOL: ToolDescription = {
  executable: 'syft',
  versionArguments: ['--version'],
  parseVersion: (output) => /\b(\d+\.\d+\.\d+\S*)/u.exec(output)?.[1] ?? null,
  installHint: 'see its project page',
};
const TIME_LIMIT_MS = 600_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const MAX_COMPONENTS = 300_000;
/** It asks for news of itself otherwise. */
const ENVIRONMENT = { SYFT_CHECK_FOR_APP_UPDATE: 'false' };

interface SyftListing {
  readonly files: readonly FoundLockfile[];
  readonly lister: { readonly name: string; readonly version: string | null };
}

/**
 * What syft finds in a target, by the files in which it found it. It sees a private HOME and working directory, and in a sandbox no network. Rejects
 * with OperationalError TOOL_NOT_FOUND, TOOL_FAILED, TOOL_TIMEOUT, TOOL_OUTPUT_TOO_LARGE or TOOL_OUTPUT_INVALID.
 */
export async function listWithSyft(
  target: ScanTarget,
  ports: HostPorts,
  signal: AbortSignal,
): Promise<SyftListing> {
  const executable = await ports.tools.locate(TOOL.executable, target.root);
  if (executable === null) {
    throw new OperationalError(
      'TOOL_NOT_FOUND',
      'syft is not installed: it was found neither on PATH nor in the tools directory. Without --with syft our own readers are used.',
    );
  }
  const { version } = await probeVersion(TOOL, executable, {
    ports,
    signal,
    scannedRoot: target.root,
  });
  const result = await run(executable, target, ports, signal);
  signal.throwIfAborted();
  return { files: readSyft(outputOf(result), target), lister: { name: 'syft', version } };
}

function run(
  executable: string,
  target: ScanTarget,
  ports: HostPorts,
  signal: AbortSignal,
): Promise<ProcessResult> {
  return ports.workspaces.withWorkspace((workspace) =>
    ports.processes.run({
      executable,
      args: [
        'scan',
        target.path,
        '--output=cyclonedx-json',
        '--quiet',
        ...SKIPPED_DIRECTORIES.map((name) => `--exclude=**/${name}/**`),
      ],
      cwd: workspace,
      env: {
        ...ports.childEnvironment({ network: false, scannedRoot: target.root }),
        ...ENVIRONMENT,
        HOME: workspace,
        TMPDIR: workspace,
      },
      timeoutMs: TIME_LIMIT_MS,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal,
      isolation: { readable: [target.root], network: false },
    }),
  );
}

function outputOf(result: ProcessResult): string {
  if (result.end === 'exited' && result.exitCode === 0) return result.stdout;
  const words = lastWords(result.stderrTail);
  const why = words === '' ? '' : `: ${words}`;
  switch (result.end) {
    case 'timed_out':
      throw new OperationalError(
        'TOOL_TIMEOUT',
        `syft did not end within ${TIME_LIMIT_MS / 1000} s.`,
      );
    case 'output_too_large':
      throw new OperationalError(
        'TOOL_OUTPUT_TOO_LARGE',
        `syft wrote more than ${MAX_OUTPUT_BYTES / 1024 / 1024} MiB.`,
      );
    default:
      throw new OperationalError('TOOL_FAILED', `syft failed${why}.`);
  }
}

/** Reads CycloneDX as syft writes it. Pure; throws TOOL_OUTPUT_INVALID and nothing else. */
export function readSyft(text: string, target: ScanTarget): FoundLockfile[] {
  const bom = readToolJson('syft', text);
  const needs = new Map(
    bom
      .field('dependencies')
      .itemsUpTo(MAX_COMPONENTS)
      .map((each) => [
        each.field('ref').string(),
        each
          .field('dependsOn')
          .optionalItems()
          .map((ref) => ref.string()),
      ]),
  );
  const listed = bom
    .field('components')
    .itemsUpTo(MAX_COMPONENTS)
    .flatMap((component) => {
      const found = packageOf(component);
      return found === null ? [] : [{ found, places: placesOf(component, target) }];
    });
  const byPlace = new Map<string, ListedPackage[]>();
  for (const { found, places } of listed) {
    for (const place of places) {
      const packages = byPlace.get(place) ?? [];
      packages.push(found);
      byPlace.set(place, packages);
    }
  }
  return Array.from(byPlace)
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([path, packages]) => ({ path, lockfile: lockfileOf(packages, needs) }));
}

function lockfileOf(
  packages: readonly ListedPackage[],
  needs: ReadonlyMap<string, readonly string[]>,
): FoundLockfile['lockfile'] {
  const keys = new Set(packages.map(({ key }) => key));
  return {
    projectName: null,
    projectVersion: null,
    packages: packages.map((found) => {
      const named = needs.get(found.key);
      return named === undefined
        ? found
        : { ...found, dependsOn: named.filter((key) => keys.has(key)) };
    }),
    direct: null,
    notes: [],
  };
}

/** `null` for what has no package URL: files and operating systems. */
function packageOf(component: JsonReader): ListedPackage | null {
  const purl = component.field('purl').optionalString();
  const parsed = purl === null ? null : parsePurl(purl);
  if (parsed === null) return null;
  return {
    key: component.field('bom-ref').optionalString() ?? purl ?? '',
    type: parsed.type,
    namespace: parsed.namespace ?? null,
    name: parsed.name,
    version: parsed.version ?? component.field('version').optionalString(),
    qualifiers: { ...parsed.qualifiers },
    scope: 'required',
    license: licenseOf(component),
    hashes: component.field('hashes').optionalItems().flatMap(hashIn),
    dependsOn: null,
  };
}

function parsePurl(purl: string): PackageURL | null {
  try {
    return PackageURL.fromString(purl);
  } catch {
    // Expected: what an ecosystem writes need not be a package URL.
    return null;
  }
}

/** An expression, or several statements that all hold. */
function licenseOf(component: JsonReader): string | null {
  const texts = component
    .field('licenses')
    .optionalItems()
    .flatMap((each) => {
      const license = each.field('license');
      const named = license.isAbsent
        ? []
        : [license.field('id').optionalString(), license.field('name').optionalString()];
      return (
        [each.field('expression').optionalString(), ...named].find((text) => text !== null) ?? []
      );
    });
  if (texts.length <= 1) return texts[0] ?? null;
  return texts.map((text) => `(${text})`).join(' AND ');
}

const ALGORITHMS: readonly PackageHash['algorithm'][] = [
  'MD5',
  'SHA-1',
  'SHA-256',
  'SHA-384',
  'SHA-512',
];

function hashIn(hash: JsonReader): PackageHash[] {
  const algorithm = ALGORITHMS.find((each) => each === hash.field('alg').string());
  return algorithm === undefined ? [] : hashOf(algorithm, hash.field('content').string());
}

/** Where syft saw it, relative to the root; the target itself where it does not say. */
function placesOf(component: JsonReader, { root, path }: ScanTarget): string[] {
  const within = path.slice(root.length).replace(/^\//u, '');
  const places = component
    .field('properties')
    .optionalItems()
    .filter((each) => /^syft:location:\d+:path$/u.test(each.field('name').string()))
    .map((each) => each.field('value').string().replace(/^\//u, ''))
    // Of a file that is scanned alone it says the name again.
    .map((place) =>
      within === '' || within.endsWith(place) ? within || place : `${within}/${place}`,
    );
  return places.length === 0 ? [within === '' ? '.' : within] : [...new Set(places)];
}
