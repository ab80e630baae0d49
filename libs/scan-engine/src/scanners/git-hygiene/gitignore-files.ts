import ignore from 'ignore';
import type { FileTree } from '../../ports';

type IgnoreRules = ReturnType<typeof ignore>;

/**
 * Which of the files git would ignore, told from the `.gitignore` files alone. For trees that are no repository, or where
 * git is missing; otherwise git itself is asked.
 */
export class GitignoreFiles {
  private readonly rules = new Map<string, Promise<IgnoreRules | null>>();

  constructor(private readonly files: FileTree) {}

  async covers(path: string): Promise<boolean> {
    let isCovered = false;
    for (const directory of directoriesAbove(path)) {
      const rules = await this.rulesIn(directory);
      const verdict = rules?.test(path.slice(directory.length));
      if (verdict?.ignored === true) isCovered = true;
      if (verdict?.unignored === true) isCovered = false;
    }
    return isCovered;
  }

  private rulesIn(directory: string): Promise<IgnoreRules | null> {
    const known = this.rules.get(directory);
    if (known !== undefined) return known;
    const reading = this.read(directory);
    this.rules.set(directory, reading);
    return reading;
  }

  private async read(directory: string): Promise<IgnoreRules | null> {
    const text = await this.files.readText(`${directory}.gitignore`);
    return text === null ? null : ignore().add(text);
  }
}

/** From the root down, each with a slash at its end; the root is empty. */
function directoriesAbove(path: string): string[] {
  const directories = [''];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    directories.push(path.slice(0, at + 1));
  }
  return directories;
}
