import type { LockfileReader } from '../../locked-package';
import { LockGraph, type LockNode } from '../lock-graph';
import { linesOf, plainText } from '../lock-text';
import { downloadQualifiers, splitRevision, vcsQualifiers } from '../source-address';
import { archivesByHash } from './archives';
import { pypiName } from '../../pypi-name';
import { exactVersion, parseRequirement } from './requirement';
import { applyReasons, reasonsIn, type Reasons } from './requirement-reasons';

/** `requirements.txt`, `requirements-app.txt`, `app-requirements.txt`, `requirements/base.txt`. */
const FILE_NAME =
  /(?:^|\/)(?:(?:[\w-]{1,40}[-_.])?requirements[\w.-]{0,60}\.txt|requirements\/[^/]{1,100}\.txt)$/u;
/** `requirements-dev.txt`, `test-requirements.txt`, `requirements/docs.txt`. */
const FOR_DEVELOPMENT =
  /(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|docs?|ci)(?:[-_.][^/]{0,60})?\.txt$|(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|docs?|ci)[-_.]requirements[^/]{0,60}$/u;
const HASH = /--hash[= ]\s{0,20}([a-z0-9]{3,10}:[0-9a-f]{32,128})/giu;
const VCS = /^(git|hg|svn|bzr)\+/u;

export const developmentRequirementsReader: LockfileReader = readerOf(
  (path) => FILE_NAME.test(path) && FOR_DEVELOPMENT.test(path),
  'dev',
);

/** What the other one does not read. */
export const requirementsReader: LockfileReader = readerOf(
  (path) => FILE_NAME.test(path) && !FOR_DEVELOPMENT.test(path),
  'required',
);

/** The lines of a requirements file, as pip reads them: https://pip.pypa.io/en/stable/reference/requirements-file-format */
function readerOf(reads: LockfileReader['reads'], scope: 'required' | 'dev'): LockfileReader {
  return {
    tool: 'pip',
    reads,
    siblings: [],
    read: (text) => {
      const plain = plainText(text);
      if (plain === null) return null;
      const graph = new LockGraph();
      const entries = logicalLines(linesOf(plain, graph.notes));
      const read = entries.map(({ code }) => readLine(code, graph));
      if (entries.length > 0 && read.every((line) => line === 'unread')) return null;
      const reasons: Reasons = new Map();
      read.forEach((node, index) => {
        if (node === null || node === 'unread') return;
        node.scope = scope;
        const comments = entries[index]?.comments ?? [];
        reasons.set(node, [...(reasons.get(node) ?? []), ...reasonsIn(comments)]);
      });
      const direct = applyReasons(reasons, graph);
      return graph.lockfile(
        { projectName: null, projectVersion: null },
        { direct, tellsNeeds: direct !== null },
      );
    },
  };
}

interface LogicalLine {
  /** Without its comment. */
  readonly code: string;
  /** Its own and those in the lines behind it. */
  readonly comments: string[];
}

/** A backslash at its end joins a line to the next; a line that is a comment ends what was joined. */
function logicalLines(lines: readonly string[]): LogicalLine[] {
  const logical: LogicalLine[] = [];
  let pending: string[] = [];
  for (const line of lines) {
    const at = commentStart(line);
    const isComment = at !== -1 && line.slice(0, at).trim() === '';
    if (!isComment && line.endsWith('\\')) {
      pending.push(line.slice(0, -1));
      continue;
    }
    const code = [...pending, at === -1 ? line : line.slice(0, at)].join(' ').trim();
    pending = [];
    if (code !== '') logical.push({ code, comments: [] });
    if (at !== -1) logical.at(-1)?.comments.push(line.slice(at + 1));
  }
  const rest = pending.join(' ').trim();
  if (rest !== '') logical.push({ code: rest, comments: [] });
  return logical;
}

/** Of a `#` at the beginning or behind white space. */
function commentStart(line: string): number {
  const found = /(?:^|\s)#/u.exec(line);
  return found === null ? -1 : found.index + found[0].length - 1;
}

/** `null` for a line that names no package, and rightly so. */
function readLine(line: string, graph: LockGraph): LockNode | 'unread' | null {
  if (line.startsWith('-')) return readOption(line, graph);
  const end = /\s-{1,2}[a-z]/iu.exec(line)?.index ?? line.length;
  const stated = line.slice(0, end).trim();
  const requirement = parseRequirement(stated);
  if (requirement === null) return readAddress(stated, graph);
  const { name, specifier, url } = requirement;
  if (url !== null) return addFrom(url, name, graph);
  const version = exactVersion(specifier);
  if (version === null) graph.notes.said('requirement', 'without an exact version', name);
  const archives = archivesByHash(Array.from(line.matchAll(HASH), ([, hash = '']) => hash));
  return graph.add({ type: 'pypi', name, version, archives });
}

function readOption(line: string, graph: LockGraph): LockNode | 'unread' | null {
  const found = /^(--?[a-z][a-z-]{0,40})[=\s]*(\S.*)?$/iu.exec(line);
  const [, option = '', value = ''] = found ?? [];
  if (option === '-e' || option === '--editable') return readAddress(value.trim(), graph);
  if (option === '-r' || option === '--requirement') {
    graph.notes.said('further file', 'of requirements, which is not followed from here', value);
  } else if (option === '-c' || option === '--constraint') {
    graph.notes.said('file', 'of constraints, which is not followed from here', value);
  } else if (/^(?:-i|--index-url|--extra-index-url|-f|--find-links)$/u.test(option)) {
    graph.notes.said('option', 'for where packages come from left out', option);
  }
  return option === '' ? 'unread' : null;
}

/** An address or path without a name in front of it; the fragment may have the name. */
function readAddress(address: string, graph: LockGraph): LockNode | 'unread' | null {
  const name = /[#&]egg=([A-Za-z0-9][\w.-]{0,200})/u.exec(address)?.[1];
  const isAddress = /^[a-z][a-z0-9+.-]{0,20}:\/\//iu.test(address);
  if (isAddress && name !== undefined) return addFrom(address, pypiName(name), graph);
  const isPath = /^\.{0,2}[/\\]|^\.{1,2}$|^[\w./-]{1,300}(?:\.whl|\.zip|\.gz)?$/u.test(address);
  if (!isAddress && !isPath) {
    graph.notes.said('line', 'that cannot be read');
    return 'unread';
  }
  graph.notes.said(
    isAddress ? 'address' : 'local path',
    'without the name of a package, which is left out',
  );
  return null;
}

function addFrom(address: string, name: string, graph: LockGraph): LockNode | null {
  graph.notes.said('requirement', 'of an address, which tells no version', name);
  const kind = VCS.exec(address)?.[1];
  if (kind !== undefined) {
    const qualifiers = vcsQualifiers(kind, ...splitRevision(address));
    return graph.add({ type: 'pypi', name, version: null, qualifiers });
  }
  const hash = /#(sha256)=([0-9a-f]{64})/iu.exec(address);
  const archives = archivesByHash(hash === null ? [] : [`sha256:${hash[2] ?? ''}`]);
  const qualifiers = downloadQualifiers(address);
  return graph.add({ type: 'pypi', name, version: null, qualifiers, archives });
}
