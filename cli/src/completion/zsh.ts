import type { CommandShape } from './command-tree';
import { quoteForSh } from './quote';
import { pathsOf, valueCases } from './sh-patterns';
import type { Values } from './values';

/** A completion script for zsh, to be sourced after compinit or put on its fpath as `_securescan`. */
export function renderZsh(shapes: readonly CommandShape[]): string {
  return `#compdef securescan
# Completion of securescan for zsh: source <(securescan completion zsh)
_securescan() {
  local cur="\${words[CURRENT]}" prev="\${words[CURRENT - 1]}" at="" i
  local -a items
  for ((i = 2; i < CURRENT; i++)); do
    case "$at/\${words[i]}" in
      ${pathsOf(shapes)}) at="$at/\${words[i]}" ;;
    esac
  done
  if [[ $cur == --*=* ]]; then
    prev="\${cur%%=*}"
    compset -P '*='
  fi
  case "$at $prev" in
${valueCases(shapes, offer)}
    *)
      case "$at" in
${shapes.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _securescan "$@"
else
  compdef _securescan securescan
fi
`;
}

function commandCase({ path, commands, flags, argument }: CommandShape): string {
  const flagItems = flags.flatMap(({ names, description }) =>
    names.map((name) => item(name, description)),
  );
  const commandItems = commands.map(({ name, description }) => item(name, description));
  const next =
    commands.length === 0
      ? offer(argument)
      : `items=(${commandItems.join(' ')}); _describe -t commands command items`;
  return `        ${quoteForSh(path)})
          if [[ $cur == -* ]]; then
            items=(${flagItems.join(' ')})
            _describe -o -t options option items
          else
            ${next}
          fi
          ;;`;
}

/** `_describe` parts name and description at the first colon that has no backslash. */
function item(name: string, description: string): string {
  return quoteForSh(`${name.replaceAll(':', '\\:')}:${description}`);
}

function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `compadd -- ${values.words.map(quoteForSh).join(' ')}`;
    case 'files':
      return '_files';
    case 'directories':
      return '_files -/';
    case 'none':
      return ':';
  }
}
