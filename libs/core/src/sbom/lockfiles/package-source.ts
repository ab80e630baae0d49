/** What a package URL says of a package that comes from elsewhere than a registry. */
export type SourceQualifiers = Readonly<Record<string, string>>;

const FROM_REGISTRY: SourceQualifiers = {};
const MAX_CHARACTERS = 2_000;
/** `…/-/name-1.0.0.tgz`, whichever registry it is; a scope may stand in front of the name. */
const FROM_SOME_REGISTRY = /\/-\/(?:@[^/]+\/)?[^/]+\.tgz(?:$|[?#])/u;
const HOSTED: ReadonlyMap<string, string> = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['bitbucket', 'bitbucket.org'],
]);

/**
 * Qualifiers for where a lock file of JavaScript says that a package comes from: `vcs_url` for git, `download_url` for an archive at
 * an address of its own, none for a registry.
 */
export function sourceQualifiers(resolved: string | null): SourceQualifiers {
  if (resolved === null || resolved.length > MAX_CHARACTERS) return FROM_REGISTRY;
  const address = withoutPassword(resolved);
  const git = splitGit(address);
  if (git !== null) return gitQualifiers(git.repository, git.commit);
  const isArchive = /^(?:https?|file):/u.test(address) && !FROM_SOME_REGISTRY.test(address);
  return isArchive ? { download_url: address } : FROM_REGISTRY;
}

interface GitSource {
  readonly repository: string;
  readonly commit: string | undefined;
}

/** `null` for what is no repository. */
function splitGit(address: string): GitSource | null {
  const hosted = /^(github|gitlab|bitbucket):([^#\s]+)(?:#(.*))?$/u.exec(address);
  if (hosted !== null) {
    const [, kind = '', path = '', commit] = hosted;
    return { repository: `git+https://${HOSTED.get(kind) ?? ''}/${path}.git`, commit };
  }
  if (!/^git(?:\+[a-z]+)?:|\.git#/u.test(address)) return null;
  const cut = address.indexOf('#');
  return cut === -1
    ? { repository: address, commit: undefined }
    : { repository: address.slice(0, cut), commit: address.slice(cut + 1) };
}

/** As SPDX writes addresses of repositories: `git+https://host/path@commit`. */
export function gitQualifiers(repository: string, commit: string | undefined): SourceQualifiers {
  const address = withoutPassword(
    repository.startsWith('git') ? repository : `git+${repository}`,
  ).replace(/^git:/u, 'git+git:');
  const revision = commit === undefined || commit === '' ? '' : `@${plainCommit(commit)}`;
  return { vcs_url: `${address}${revision}` };
}

/** `commit=abc`, `workspace=x&commit=abc`: yarn names the commit so. */
function plainCommit(fragment: string): string {
  return /(?:^|&)commit=([^&]+)/u.exec(fragment)?.[1] ?? fragment;
}

/** Names and passwords before a host are nobody's business; `git@` is a name that all share. */
function withoutPassword(address: string): string {
  return address.replace(
    /^([a-z][a-z0-9+.-]{0,20}:\/\/)([^/@?#]{1,500})@/iu,
    (all, scheme, user) => (user === 'git' ? all : String(scheme)),
  );
}

/** Whether a text can be the name of a package at all. */
export function isName(name: string | null | undefined): name is string {
  return name !== null && name !== undefined && /[^/\s]\s*$/u.test(name);
}

/** A name of npm as a package URL has it: `@babel/core` is `core` of `@babel`. */
export function npmName(name: string): {
  readonly namespace: string | null;
  readonly name: string;
} {
  const cut = name.lastIndexOf('/');
  return cut === -1
    ? { namespace: null, name }
    : { namespace: name.slice(0, cut), name: name.slice(cut + 1) };
}
