import type { CommandShape } from './command-tree';
import { quoteForSh } from './quote';
import type { Values } from './values';

/** The pattern of a `case` of bash or zsh that every command's path fits. */
export function pathsOf(shapes: readonly CommandShape[]): string {
  return shapes
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoteForSh(path))
    .join(' | ');
}

/** The branches of a `case` over command and flag, one for each flag that takes a value. */
export function valueCases(
  shapes: readonly CommandShape[],
  offer: (values: Values) => string,
): string {
  const branches = shapes.flatMap(({ path, flags }) =>
    flags.flatMap(({ names, values }) => {
      if (values === null) return [];
      const patterns = names.map((name) => quoteForSh(`${path} ${name}`)).join(' | ');
      return [`    ${patterns}) ${offer(values)} ;;`];
    }),
  );
  return branches.join('\n');
}
