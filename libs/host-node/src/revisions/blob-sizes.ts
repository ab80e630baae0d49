import type { GitReader } from './git-reader';

/** Bytes of those blobs that are there, by id. Neither their content nor anything from elsewhere is read for it. */
export async function blobSizes(
  git: GitReader,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  if (ids.size === 0) return new Map();
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  const output = await git.text(['cat-file', '--buffer', format], { stdin: asInput(ids) });
  const sizes = output.split('\n').flatMap((line): [string, number][] => {
    const [id = '', type, size] = line.split(' ');
    return type === 'blob' ? [[id, Number(size)]] : [];
  });
  return new Map(sizes);
}

/** One id a line, as `cat-file` asks for them. */
export function asInput(ids: Iterable<string>): string {
  return Array.from(ids, (id) => `${id}\n`).join('');
}
