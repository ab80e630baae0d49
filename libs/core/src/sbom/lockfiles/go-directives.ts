export interface GoModule {
  readonly path: string;
  /** `null` for a directory. */
  readonly version: string | null;
  readonly isIndirect: boolean;
}

/** What a `go.mod` says: https://go.dev/ref/mod#go-mod-file */
export interface GoDirectives {
  readonly module: string | null;
  /** Of the language: `1.22`, `1.22.1`. */
  readonly language: string | null;
  readonly required: readonly GoModule[];
  /** By `path version` where the replacement is for one version, by `path` where it is for all. */
  readonly replaced: ReadonlyMap<string, GoModule>;
}

const WORD = /"([^"\\]*)"|`([^`]*)`|([^\s"`()]+)|[()]/gu;

interface Line {
  readonly verb: string;
  readonly words: readonly string[];
  readonly isIndirect: boolean;
}

export function readGoDirectives(lines: readonly string[]): GoDirectives {
  const statements = statementsIn(lines);
  const of = (verb: string): Line[] => statements.filter((line) => line.verb === verb);
  return {
    module: of('module')[0]?.words[0] ?? null,
    language: of('go')[0]?.words[0] ?? null,
    required: of('require').flatMap(({ words: [path, version], isIndirect }) =>
      path === undefined ? [] : [{ path, version: version ?? null, isIndirect }],
    ),
    replaced: new Map(of('replace').flatMap(({ words }) => replacementIn(words))),
  };
}

/** Each line that stands in the block of a verb is as if the verb stood in front of it. */
function statementsIn(lines: readonly string[]): Line[] {
  let block: string | null = null;
  return lines.flatMap((line) => {
    const at = line.indexOf('//');
    const words = wordsIn(at === -1 ? line : line.slice(0, at));
    const isIndirect = at !== -1 && /^\/\/\s{0,20}indirect(?:\s|;|$)/u.test(line.slice(at));
    if (block === null && words[1] === '(') {
      block = words[0] ?? null;
      return [];
    }
    if (words[0] === ')') block = null;
    const [verb, ...rest] = block === null ? words : [block, ...words];
    return verb === undefined || rest.length === 0 ? [] : [{ verb, words: rest, isIndirect }];
  });
}

function wordsIn(code: string): string[] {
  return Array.from(
    code.matchAll(WORD),
    ([whole, quoted, raw, plain]) => quoted ?? raw ?? plain ?? whole,
  );
}

/** `path [version] => path [version]` */
function replacementIn(words: readonly string[]): [string, GoModule][] {
  const arrow = words.indexOf('=>');
  const [path, version] = words.slice(0, Math.max(arrow, 0));
  const [byPath, byVersion] = words.slice(arrow + 1);
  if (path === undefined || byPath === undefined) return [];
  const key = version === undefined ? path : `${path} ${version}`;
  return [[key, { path: byPath, version: byVersion ?? null, isIndirect: false }]];
}
