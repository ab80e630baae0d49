import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DefectError } from '@securescan/core';
import type { WriteFiles } from '@securescan/scan-engine';
import { isInside } from './path-inside';

/** Writes into a directory that nobody else writes to, so that no link can stand in the way. */
export const writeFiles: WriteFiles = async (directory, files) => {
  for (const [path, text] of Object.entries(files)) {
    const place = resolve(directory, path);
    if (place === resolve(directory) || !isInside(place, directory)) {
      throw new DefectError('INVARIANT_BROKEN', `${path} leads out of the working directory.`);
    }
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text, { flag: 'wx' });
  }
};
