import { codeSpan, cutText } from '../markdown-text';

/** Where on GitHub the code of a report is. What is missing, or looks like none, makes no links. */
export interface GitHubPlace {
  /** Default: https://github.com. */
  readonly serverUrl?: string | undefined;
  /** `owner/name` */
  readonly repository?: string | undefined;
  /** In hex. */
  readonly headCommit?: string | undefined;
  /** In hex: where what is fixed was. */
  readonly baseCommit?: string | undefined;
}

/** Part of a file, 1-based; without lines the file itself. */
export interface SourcePlace {
  readonly filePath: string | null;
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
}

export type Side = 'head' | 'base';

const DEFAULT_SERVER = 'https://github.com';
const SERVER = /^https?:\/\/[\w.-]{1,253}(?::\d{1,5})?(?:\/[\w-][\w./-]{0,200})?$/;
const COMMIT = /^[0-9a-f]{7,64}$/i;
const MAX_PATH_CHARACTERS = 200;
const MAX_URL_CHARACTERS = 1_000;
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** Means something to Markdown or to a shell, and is left alone by `encodeURIComponent`. */
const UNENCODED = /[!'()*~]/g;

/** The words for which `--repo` stands: `owner/name`. */
export function isRepositoryName(text: string): boolean {
  return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(text) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(text);
}

/** Whether a text looks like the full or shortened id of a commit. */
export function isCommitId(text: string): boolean {
  return COMMIT.test(text);
}

/** Whether links may begin with a text. */
export function isServerUrl(text: string): boolean {
  return SERVER.test(text);
}

/** The page that shows the place at a commit; `null` where nobody can say. */
export function blobUrl(place: SourcePlace, github: GitHubPlace, side: Side): string | null {
  const { repository } = github;
  const commit = side === 'head' ? github.headCommit : github.baseCommit;
  const server = (github.serverUrl ?? DEFAULT_SERVER).replace(/\/+$/, '');
  if (repository === undefined || commit === undefined || !isServerUrl(server)) return null;
  if (!isRepositoryName(repository) || !isCommitId(commit)) return null;
  const path = encodedPath(place.filePath);
  if (path === null) return null;
  const url = `${server}/${repository}/blob/${commit}/${path}${linesOf(place)}`;
  return url.length > MAX_URL_CHARACTERS ? null : url;
}

/** The place in Markdown, as a link where there can be one; `null` where the finding has no file. */
export function placeMarkdown(place: SourcePlace, github: GitHubPlace, side: Side): string | null {
  const { filePath } = place;
  if (filePath === null) return null;
  const shown = codeSpan(`${cutText(filePath, MAX_PATH_CHARACTERS)}${rangeOf(place)}`);
  const url = blobUrl(place, github, side);
  return url === null ? shown : `[${shown}](${url})`;
}

/** RFC 3986, segment by segment; `null` for a path that a browser would not ask for as it stands. */
function encodedPath(path: string | null): string | null {
  const segments = path?.split('/') ?? [''];
  if (segments.some((segment) => segment === '' || /^\.{1,2}$/.test(segment))) return null;
  return segments.map(encodedSegment).join('/');
}

function encodedSegment(segment: string): string {
  return encodeURIComponent(segment.replace(LONE_SURROGATE, '\ufffd')).replace(
    UNENCODED,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function linesOf({ lineStart, lineEnd }: SourcePlace): string {
  if (lineStart === null || lineStart < 1) return '';
  const end = lineEnd ?? lineStart;
  return end > lineStart ? `#L${String(lineStart)}-L${String(end)}` : `#L${String(lineStart)}`;
}

function rangeOf({ lineStart, lineEnd }: SourcePlace): string {
  if (lineStart === null || lineStart < 1) return '';
  const end = lineEnd ?? lineStart;
  return end > lineStart ? `:${String(lineStart)}-${String(end)}` : `:${String(lineStart)}`;
}
