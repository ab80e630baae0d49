import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCKFILE_READERS, toSbomDocument } from '@securescan/core';

/**
 * Lock files of public projects, which are theirs and not kept here: at which commit they stand, and how many packages they name,
 * counted over the raw file by other means than ours.
 */
interface RealLockfile {
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  /** Of the file. */
  readonly sha256: string;
  /** Different packages: by name, version and, where they are from no registry, source. */
  readonly components: number;
}

const TABLE = JSON.parse(
  readFileSync(join(__dirname, 'real-lockfiles.json'), 'utf8'),
) as readonly RealLockfile[];

/** Holds `owner+name/commit/path` for each of them, with the files that stand beside it. */
const DIRECTORY = process.env['SECURESCAN_REAL_LOCKFILES'] ?? '';

if (DIRECTORY === '') {
  process.stderr.write('skipped: real lock files (SECURESCAN_REAL_LOCKFILES names no directory)\n');
}

describe('the table of real lock files', () => {
  it('names at least twelve projects, and only kinds that are read', () => {
    expect(new Set(TABLE.map(({ repo }) => repo)).size).toBeGreaterThanOrEqual(12);
    for (const { path, commit, sha256 } of TABLE) {
      expect(LOCKFILE_READERS.some(({ reads }) => reads(path))).toBe(true);
      expect(commit).toMatch(/^[0-9a-f]{40}$/u);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
    }
  });
});

(DIRECTORY === '' ? describe.skip : describe)('real lock files', () => {
  it.each(TABLE.map((row) => [`${row.repo} ${row.commit.slice(0, 8)} ${row.path}`, row] as const))(
    '%s',
    (_name, { repo, commit, path, sha256, components }) => {
      const file = join(DIRECTORY, repo.replace('/', '+'), commit, path);
      const text = readFileSync(file, 'utf8');
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
      const reader = LOCKFILE_READERS.find(({ reads }) => reads(path));
      const lockfile = reader?.read(text, (name) => {
        const sibling = join(dirname(file), name);
        return existsSync(sibling) ? readFileSync(sibling, 'utf8') : null;
      });
      if (lockfile === null || lockfile === undefined) throw new RangeError('it is not read');
      const document = toSbomDocument([{ path, lockfile }], {
        toolVersion: '1.2.3',
        lister: null,
        chosenName: null,
        project: null,
        created: null,
        isComplete: true,
        notes: [],
      });
      expect(document.components.length).toBe(components);
      // Nothing of it was taken for a secret, and everything has a package URL.
      const odd = document.components.filter(
        ({ purl, fullName }) => purl === null || fullName.includes('[redacted'),
      );
      expect(odd).toEqual([]);
    },
  );
});
