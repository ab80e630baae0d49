import type { LanguageCorpus } from './corpus';

export const HTML: LanguageCorpus = {
  language: 'HTML',
  filePath: 'public/index.html',
  text: String.raw`
|<html>
|  <body>
>    <a href="http://shop.example/a  b" target="_blank">Don't go, it's far</a>
|  </body>
|</html>
`,
  comments: ['<!-- "out -->', "<!-- isn't -->"],
  keeps: [
    [
      'its attributes are wrapped',
      '<a\n  href="http://shop.example/a  b"\n  target="_blank"\n>Don\'t go, it\'s far</a>',
    ],
    [
      'its text is wrapped',
      '<a href="http://shop.example/a  b" target="_blank">Don\'t go,\n  it\'s far</a>',
    ],
    [
      'a comment stands within it',
      '<a href="http://shop.example/a  b" target="_blank"><!-- go -->Don\'t go, it\'s far</a>',
    ],
    [
      'a value over two lines is indented',
      '<a style="\n      color: red">',
      '<a style="\n  color: red">',
    ],
    ['a comment follows a statement of a script', "f('a'); // c", "f('a');"],
    ['a comment of a style', 'a { b: c; } /* d */', 'a { b: c; }'],
  ],
  changes: [
    ['white space within a string of a script', 'f("a  b");', 'f("a b");'],
    ['what looks like a comment in a string of a script', "f('; // b');", "f('; // a');"],
    [
      'white space within a value',
      '<a href="http://shop.example/a b" target="_blank">Don\'t go, it\'s far</a>',
    ],
    ['an address', '<a href="http://shop.example/b  b" target="_blank">Don\'t go, it\'s far</a>'],
    ['a value', '<a href="http://shop.example/a  b" target="_self">Don\'t go, it\'s far</a>'],
    ['text', '<a href="http://shop.example/a  b" target="_blank">Don\'t go, it\'s near</a>'],
    ['an address in text', '<p>ftp://b</p>', '<p>ftp://a</p>'],
    ['text between slashes', '<p>Home // Two <b>x</b></p>', '<p>Home // One <b>x</b></p>'],
    ['what looks like a comment in a value', '<a title="<!-- b -->">', '<a title="<!-- a -->">'],
    ['a pattern of types', '<input accept=image/* id=b>', '<input accept=image/* id=a>'],
    ['two words become one', '<p>go there</p>', '<p>gothere</p>'],
  ],
};

export const VUE: LanguageCorpus = {
  language: 'Vue',
  filePath: 'src/Note.vue',
  text: String.raw`
|<template>
>  <p :class="{ 'is  wide': wide }" v-html="note.text">Don't</p>
|</template>
|<script setup>
|const note = useNote();
|</script>
`,
  comments: ['<!-- c " -->', '<!-- d -->'],
  keeps: [
    [
      'its attributes are wrapped',
      '<p\n  :class="{ \'is  wide\': wide }"\n  v-html="note.text"\n>Don\'t</p>',
    ],
    [
      'a value over two lines is indented',
      '<p :class="{\n      a: b }">',
      '<p :class="{\n  a: b }">',
    ],
    ['a comment of the script', 'const a = f(`b`) // c', 'const a = f(`b`)'],
  ],
  changes: [
    [
      'another text is shown',
      '  <p :class="{ \'is  wide\': wide }" v-html="note.title">Don\'t</p>',
    ],
    [
      'white space within a string',
      '  <p :class="{ \'is wide\': wide }" v-html="note.text">Don\'t</p>',
    ],
    ['an address in a string', "get('http://b')", "get('http://a')"],
  ],
};

export const SCSS: LanguageCorpus = {
  language: 'SCSS',
  filePath: 'src/page.scss',
  text: String.raw`
|$wide: 10px;
>.note .wide { background: url(http://cdn.example/a) #fff; }
|a { color: red; }
`,
  comments: ['// "c', "/* isn't */"],
  keeps: [
    ['it is wrapped', '.note .wide {\n  background: url(http://cdn.example/a) #fff;\n}'],
    ['its spaces go', '.note .wide{background:url(http://cdn.example/a) #fff;}'],
  ],
  changes: [
    ['a colour is another', '.note .wide { background: url(http://cdn.example/a) #000; }'],
    ['an address', '.note .wide { background: url(http://cdn.example/b) #fff; }'],
    ['an address without a scheme', 'a { b: url(//cdn/y) }', 'a { b: url(//cdn/x) }'],
    [
      'what is within becomes what is both',
      '.note.wide { background: url(http://cdn.example/a) #fff; }',
    ],
    ['a state of what is within', 'a:hover { b: c }', 'a :hover { b: c }'],
  ],
};
