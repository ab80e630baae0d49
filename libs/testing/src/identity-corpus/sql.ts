import type { LanguageCorpus } from './corpus';

export const SQL: LanguageCorpus = {
  language: 'SQL',
  filePath: 'db/grant.sql',
  text: String.raw`
|CREATE TABLE t (id int);
>GRANT ALL ON "my  table" TO 'it''s -- me' WITH OPTION;
|COMMIT;
`,
  comments: ['-- "everything', "/* isn't */"],
  keeps: [
    ['a comment follows a quote of MySQL', "SELECT 'it\\'s' -- c", "SELECT 'it\\'s'"],
    ['a comment of MySQL', 'SELECT a, # c\n b', 'SELECT a, b'],
    ['it is wrapped', "GRANT ALL\n  ON \"my  table\"\n  TO 'it''s -- me'\n  WITH OPTION;"],
    [
      'a comment stands within it',
      "GRANT ALL ON /* the */ \"my  table\" TO 'it''s -- me' WITH OPTION;",
    ],
    ['a comment follows a backslash', String.raw`SELECT 'C:\' -- c`, String.raw`SELECT 'C:\'`],
    [
      'a comment follows an escape string',
      String.raw`SELECT E'it\'s' -- c`,
      String.raw`SELECT E'it\'s'`,
    ],
    ['a comment follows a dollar quote', "SELECT $a$it's$a$ -- c", "SELECT $a$it's$a$"],
    [
      'a comment in the body of a function',
      "AS $$\n  SELECT 1; -- it's\n$$",
      'AS $$\n  SELECT 1;\n$$',
    ],
  ],
  changes: [
    [
      'what looks like a comment behind a quote of MySQL',
      "SELECT 'it\\'s -- c'",
      "SELECT 'it\\'s -- b'",
    ],
    ['a table that lasts for a session', 'SELECT a FROM b, #c', 'SELECT a FROM b, #d'],
    ['a name is another', "GRANT ALL ON \"my  table\" TO 'it''s -- you' WITH OPTION;"],
    ['white space within a name', "GRANT ALL ON \"my table\" TO 'it''s -- me' WITH OPTION;"],
    ['a right is another', "GRANT SELECT ON \"my  table\" TO 'it''s -- me' WITH OPTION;"],
    ['what looks like a comment in a dollar quote', 'SELECT $$a -- c$$', 'SELECT $$a -- b$$'],
    [
      'what looks like a comment in an escape string',
      String.raw`SELECT E'a\' -- c'`,
      String.raw`SELECT E'a\' -- b'`,
    ],
    ['a doubled quote becomes two strings', "SELECT 'a' 'b'", "SELECT 'a''b'"],
    ['a - -b becomes a comment', 'SELECT a--b', 'SELECT a - -b'],
    [
      'what looks like a comment in a string over two lines',
      "SELECT 'a\n-- c'",
      "SELECT 'a\n-- b'",
    ],
  ],
};
