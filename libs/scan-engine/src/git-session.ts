import type { GitRepository, HostPorts } from './ports';

/** The repository of one scan: opened at the first wish, shared by all scanners, and known to be quiet at the end. */
export class GitSession {
  private opened: Promise<GitRepository | null> | null = null;
  private readonly pending = new Set<Promise<unknown>>();

  constructor(
    private readonly ports: Pick<HostPorts, 'openGit' | 'processes'>,
    private readonly root: string,
    private readonly signal: AbortSignal,
    private readonly given: GitRepository | null,
  ) {}

  open(): Promise<GitRepository | null> {
    const { given, ports, root, signal } = this;
    this.opened ??= this.track(
      given === null ? ports.openGit(root, ports.processes, signal) : Promise.resolve(given),
    ).then((git) => (git === null ? null : this.watched(git)));
    return this.opened;
  }

  /** Resolves when no call is under way: a scanner that ran out of time does not wait for its own. */
  async quiet(): Promise<void> {
    await Promise.allSettled([...this.pending]);
  }

  private watched(git: GitRepository): GitRepository {
    return {
      trackedFiles: () => this.track(git.trackedFiles()),
      ignoredFiles: (paths) => this.track(git.ignoredFiles(paths)),
      readHistory: (scope, visit) => this.track(git.readHistory(scope, visit)),
    };
  }

  private track<T>(call: Promise<T>): Promise<T> {
    this.pending.add(call);
    const forget = (): void => void this.pending.delete(call);
    call.then(forget, forget);
    return call;
  }
}
