import type { LanguageCorpus } from './corpus';

export const PHP: LanguageCorpus = {
  language: 'PHP',
  filePath: 'public/index.php',
  text: String.raw`
|<?php
|$id = $_GET['id'];
>$rows = mysqli_query($db, "SELECT * FROM t WHERE id = '{$_GET["id"]}'");
|echo count($rows);
`,
  comments: ['// c "', "# don't"],
  keeps: [
    [
      'it is wrapped',
      '$rows = mysqli_query(\n    $db,\n    "SELECT * FROM t WHERE id = \'{$_GET["id"]}\'",\n);',
    ],
    [
      'a comment of the third kind',
      '$rows = mysqli_query($db, "SELECT * FROM t WHERE id = \'{$_GET["id"]}\'"); /* c */',
    ],
    ['a comment ends with the code', '<?php f(); // two ?> <b>', '<?php f(); // one ?> <b>'],
    ['a comment of markup follows an apostrophe', "<p>Don't</p> <!-- c -->", "<p>Don't</p>"],
    [
      'a text is indented',
      'f(<<<SQL\n      SELECT 1\n      SQL, $a);',
      'f(<<<SQL\n  SELECT 1\n  SQL, $a);',
    ],
    [
      'a comment follows the end of a text',
      '$a = <<<SQL\n  x\n  SQL; // c',
      '$a = <<<SQL\n  x\n  SQL;',
    ],
  ],
  changes: [
    ['markup behind an entity is another', '<b>it&#39;s b</b>', '<b>it&#39;s a</b>'],
    ['a colour in markup is another', '<b style=color:#fff>', '<b style=color:#000>'],
    [
      'the key within the string is another',
      '$rows = mysqli_query($db, "SELECT * FROM t WHERE id = \'{$_GET["no"]}\'");',
    ],
    [
      'a variable is another',
      '$rows = mysqli_query($other, "SELECT * FROM t WHERE id = \'{$_GET["id"]}\'");',
    ],
    ['markup behind a comment is another', '<?php f(); // c ?> <i>', '<?php f(); // c ?> <b>'],
    ['an attribute is another', '#[Route("/b")] function f() {}', '#[Route("/a")] function f() {}'],
    [
      'what looks like a comment in a text',
      "f(<<<'SQL'\n  # two\n  SQL);",
      "f(<<<'SQL'\n  # one\n  SQL);",
    ],
    ['what looks like a comment in a command', '$a = `ls # b`;', '$a = `ls # a`;'],
    ['what looks like a comment in a string of two lines', '$a = "x\n# b";', '$a = "x\n# a";'],
    ['a string directly behind a word', "echo'// b';", "echo'// a';"],
  ],
};
