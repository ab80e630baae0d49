import type { AddedLines, GitRepository, HistoryScope } from '@securescan/scan-engine';
import { splitNul } from '../git';
import { requireExit } from '../git-exit';
import { readHistory } from '../git-history';
import type { GitReaders } from './git-reader';
import type { WrittenTree } from './tree-writer';

/** A written tree as the engine wants to see a repository: what is tracked, ignored and was added is that of its revision. */
export class WrittenRepository implements GitRepository {
  private readonly tracked: ReadonlySet<string>;

  constructor(
    private readonly tree: WrittenTree,
    private readonly readers: GitReaders,
  ) {
    this.tracked = new Set([...tree.files, ...tree.skipped.map(({ path }) => path)]);
  }

  trackedFiles(): Promise<ReadonlySet<string>> {
    return Promise.resolve(this.tracked);
  }

  /** By the ignore rules that lie in the tree. What is tracked is not ignored, whatever they say. */
  async ignoredFiles(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = paths.filter((path) => !this.tracked.has(path));
    if (asked.length === 0) return new Set();
    const result = await this.readers.with({}, (git) =>
      git.run(['check-ignore', '-z', '--no-index', '--stdin'], {
        workTree: this.tree.directory,
        // With `./` in front, a name that begins with a colon is no pathspec magic, and one with a dash no option.
        stdin: asked.map((path) => `./${path}\0`).join(''),
      }),
    );
    // 1 says that none of them is ignored.
    requireExit(result, [0, 1]);
    return new Set([...splitNul(result.stdout)].map((path) => path.slice('./'.length)));
  }

  /** Only what the commit of the tree reaches: it is the one ref of the view. */
  readHistory(scope: HistoryScope, visit: (added: AddedLines) => void): Promise<readonly string[]> {
    const { commit } = this.tree;
    if (commit === null) return Promise.resolve([]);
    return this.readers.with({ head: commit }, (git) =>
      readHistory(scope, visit, ({ args, ...options }) => git.run(args, options)),
    );
  }
}
