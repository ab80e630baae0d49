import type { CommandShape, FlagShape } from './command-tree';
import { quoteForFish } from './quote';
import type { Values } from './values';

/** A completion script for fish. */
export function renderFish(shapes: readonly CommandShape[]): string {
  const paths = shapes.filter(({ path }) => path !== '').map(({ path }) => quoteForFish(path));
  return `# Completion of securescan for fish: securescan completion fish > ~/.config/fish/completions/securescan.fish
function __securescan_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        if contains -- "$at/$word" ${paths.join(' ')}
            set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c securescan -f
${shapes.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, commands, flags, argument }: CommandShape): string[] {
  const begin = `complete -c securescan -n ${quoteForFish(`__securescan_at ${quoteForFish(path)}`)}`;
  return [
    ...commands.map(
      ({ name, description }) =>
        `${begin} -a ${quoteForFish(name)} -d ${quoteForFish(description)}`,
    ),
    ...flags.map((flag) => `${begin} ${flagWords(flag)}`),
    ...(argument.kind === 'none' ? [] : [`${begin} ${offer(argument, '-f')}`]),
  ];
}

function flagWords({ names, description, values }: FlagShape): string {
  const spellings = names.map((name) =>
    name.startsWith('--')
      ? `-l ${quoteForFish(name.slice(2))}`
      : `-s ${quoteForFish(name.slice(1))}`,
  );
  const parts = [...spellings, `-d ${quoteForFish(description)}`];
  return (values === null ? parts : [...parts, offer(values, '-x')]).join(' ');
}

/** `exclusive` keeps files out where words are offered. */
function offer(values: Values, exclusive: '-f' | '-x'): string {
  switch (values.kind) {
    case 'words':
      return `${exclusive} -a ${quoteForFish(values.words.join(' '))}`;
    case 'files':
      return exclusive === '-x' ? '-r -F' : '-F';
    case 'directories':
      return `${exclusive} -a ${quoteForFish('(__fish_complete_directories)')}`;
    case 'none':
      return exclusive;
  }
}
