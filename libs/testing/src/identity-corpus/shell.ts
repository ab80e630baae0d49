import type { LanguageCorpus } from './corpus';

export const SHELL: LanguageCorpus = {
  language: 'shell',
  filePath: 'scripts/install.sh',
  text: String.raw`
|#!/bin/sh
|set -eu
>curl -fsSL "https://get.example.org/$1" | sudo sh -s -- --yes
|echo done
`,
  comments: ['# it\'s "wide open', '# why'],
  keeps: [
    [
      'a backslash continues it',
      String.raw`curl -fsSL \
  "https://get.example.org/$1" \
  | sudo sh -s -- --yes`,
    ],
    ['the pipe ends its line', 'curl -fsSL "https://get.example.org/$1" |\n  sudo sh -s -- --yes'],
    ['its words are aligned', 'curl   -fsSL  "https://get.example.org/$1"  |  sudo sh -s -- --yes'],
    ['then stands on a line of its own', 'if a\nthen\n  b\nfi', 'if a; then b; fi'],
    ['a function is joined', 'f() { a; b; }', 'f() {\n  a\n  b\n}'],
    ['a comment follows an escaped apostrophe', String.raw`echo it\'s # c`, String.raw`echo it\'s`],
    ["a comment follows $'…'", String.raw`printf $'it\'s' # c`, String.raw`printf $'it\'s'`],
    ['a comment follows a nested command', 'x="$(grep "a # b" f)" # c', 'x="$(grep "a # b" f)"'],
    ['a comment stands on a line of its own', 'a\n# c\nb', 'a\nb'],
    ['a text is indented', 'cat <<-EOF\n\t\t# x\n\tEOF', 'cat <<-EOF\n\t# x\nEOF'],
  ],
  changes: [
    ['a path falls into two', 'rm -rf / tmp', 'rm -rf /tmp'],
    ['a command becomes an argument', 'rm -rf / tmp', 'rm -rf /\ntmp'],
    ['a word is another', 'curl -fsSL "https://get.example.org/$1" | sudo bash -s -- --yes'],
    ['an option is gone', 'curl -fsSL "https://get.example.org/$1" | sudo sh -s --'],
    ['an address is another', 'curl -fsSL "https://get.example.com/$1" | sudo sh -s -- --yes'],
    ['white space within quotes', 'echo "a  b"', 'echo "a b"'],
    ['quotes go', 'rm -rf $x', 'rm -rf "$x"'],
    ['code behind $#', 'f $# b', 'f $# a'],
    ['code behind ${x#y}', 'f ${x#y} b', 'f ${x#y} a'],
    ['a fragment of an address', 'get a#c', 'get a#b'],
    [
      'what looks like a comment in a nested command',
      'x="$(grep "a # c" f)"',
      'x="$(grep "a # b" f)"',
    ],
    ['what looks like a comment in a text', 'cat <<EOF\n# two\nEOF', 'cat <<EOF\n# one\nEOF'],
    ['what looks like a comment in a text that is cut off', 'cat <<EOF\n# two', 'cat <<EOF\n# one'],
    [
      'what looks like a comment in quotes over two lines',
      "ssh a '\n # two\n'",
      "ssh a '\n # one\n'",
    ],
    ['what looks like a comment in quotes that are cut off', "ssh a '\n # two", "ssh a '\n # one"],
  ],
};

/** A script without an ending: nothing says what it is. */
export const UNKNOWN: LanguageCorpus = {
  language: 'no known language',
  filePath: 'bin/deploy',
  text: String.raw`
|#!/bin/sh
>chmod -R 777 "/srv/my files"
|exit 0
`,
  comments: null,
  keeps: [['its words are aligned', 'chmod   -R   777   "/srv/my files"']],
  changes: [
    ['a path falls into two', 'rm / tmp', 'rm /tmp'],
    ['white space within quotes', 'chmod -R 777 "/srv/my  files"'],
    ['what may be a comment', 'a # two', 'a # one'],
    ['an address', 'get http://b', 'get http://a'],
  ],
};
