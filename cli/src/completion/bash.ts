import type { CommandShape } from './command-tree';
import { quoteForSh } from './quote';
import { pathsOf, valueCases } from './sh-patterns';
import type { Values } from './values';

/**
 * A completion script for bash 3.2 and newer. It walks the words of the line to the command they name, and then knows what
 * may come next. The names of commands, flags and values hold no white space, which a test checks.
 */
export function renderBash(shapes: readonly CommandShape[]): string {
  return `# Completion of securescan for bash: source <(securescan completion bash)
_securescan() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" at="" words="" kind="none" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at/\${COMP_WORDS[i]}" in
      ${pathsOf(shapes)}) at="$at/\${COMP_WORDS[i]}" ;;
    esac
  done
  ((COMP_CWORD > 0)) && prev="\${COMP_WORDS[COMP_CWORD - 1]}"
  # bash takes --flag=value apart at the sign.
  if [[ $cur == "=" ]]; then
    cur=""
  elif [[ $prev == "=" ]]; then
    prev="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  case "$at $prev" in
${valueCases(shapes, assignments)}
    *)
      case "$at" in
${shapes.map(commandCase).join('\n')}
      esac
      ;;
  esac
  COMPREPLY=()
  if [[ $kind == directories ]]; then
    compopt -o dirnames 2>/dev/null
  elif [[ $kind == files ]]; then
    compopt -o default 2>/dev/null
  fi
  while IFS= read -r i; do
    COMPREPLY+=("$i")
  done < <(compgen -W "$words" -- "$cur")
}
complete -F _securescan securescan
`;
}

function commandCase({ path, commands, flags, argument }: CommandShape): string {
  const names = flags.flatMap((flag) => flag.names).join(' ');
  const { words, kind } = partsOf(argument);
  const next = [...commands.map(({ name }) => name), ...words].join(' ');
  return `        ${quoteForSh(path)})
          if [[ $cur == -* ]]; then
            words=${quoteForSh(names)}
          else
            words=${quoteForSh(next)} kind=${kind}
          fi
          ;;`;
}

function assignments(values: Values): string {
  const { words, kind } = partsOf(values);
  return `words=${quoteForSh(words.join(' '))} kind=${kind}`;
}

function partsOf(values: Values): { readonly words: readonly string[]; readonly kind: string } {
  return values.kind === 'words'
    ? { words: values.words, kind: 'none' }
    : { words: [], kind: values.kind };
}
