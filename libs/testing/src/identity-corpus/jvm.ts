import type { LanguageCorpus } from './corpus';

export const JAVA: LanguageCorpus = {
  language: 'Java',
  filePath: 'src/main/java/Orders.java',
  text: `
|class Orders {
|  ResultSet find(String id) throws SQLException {
>    Statement s = db.createStatement();
>    return s.executeQuery("SELECT * FROM orders WHERE id = '" + id + "'");
|  }
|}
`,
  comments: ['// TICKET-1 "a', "/* it's */"],
  keeps: [
    [
      'it is wrapped',
      'Statement s = db.createStatement();\nreturn s.executeQuery(\n    "SELECT * FROM orders WHERE id = \'"\n        + id\n        + "\'");',
    ],
    [
      'it is joined',
      'Statement s = db.createStatement(); return s.executeQuery("SELECT * FROM orders WHERE id = \'" + id + "\'");',
    ],
    [
      'a comment follows a text block',
      'f("""\n  say "hi" // x\n  """); // c',
      'f("""\n  say "hi" // x\n  """);',
    ],
    [
      'a text block is indented',
      'f("""\n      SELECT 1\n      """);',
      'f("""\n  SELECT 1\n  """);',
    ],
    ['a comment follows a character', "f('\"', '\\''); // c", "f('\"', '\\'');"],
    ['a generic is spaced', 'List<List<X> > a = f();', 'List<List<X>> a = f();'],
  ],
  changes: [
    [
      'an operand is another',
      'Statement s = db.createStatement();\nreturn s.executeQuery("SELECT * FROM orders WHERE id = \'" + key + "\'");',
    ],
    [
      'the statement is another',
      'Statement s = db.prepare();\nreturn s.executeQuery("SELECT * FROM orders WHERE id = \'" + id + "\'");',
    ],
    [
      'a string is another',
      'Statement s = db.createStatement();\nreturn s.executeQuery("SELECT *  FROM orders WHERE id = \'" + id + "\'");',
    ],
    [
      'what looks like a comment in a text block',
      'f("""\n  // two\n  """);',
      'f("""\n  // one\n  """);',
    ],
    ['code behind an escaped quote', 'f("\\"//", 2);', 'f("\\"//", 1);'],
    ['a modifier is another', 'public static String a;', 'private static String a;'],
  ],
};

export const KOTLIN: LanguageCorpus = {
  language: 'Kotlin',
  filePath: 'app/src/Web.kt',
  text: `
|class Web(val view: WebView) {
|    fun open(path: String) {
>        view.loadUrl("http://\${config["host"]}/$path")
|    }
|}
`,
  comments: ['// c "', '/* d */'],
  keeps: [
    ['it is wrapped', 'view\n    .loadUrl(\n        "http://${config["host"]}/$path",\n    )'],
    ['a comment follows a raw string with a backslash', 'f("""C:\\""") // c', 'f("""C:\\""")'],
  ],
  changes: [
    ['the scheme is another', 'view.loadUrl("https://${config["host"]}/$path")'],
    [
      'the key within the string is another',
      'view.loadUrl("http://${config["//b"]}/$path")',
      'view.loadUrl("http://${config["//a"]}/$path")',
    ],
    ['the path is another', 'view.loadUrl("http://${config["host"]}/$file")'],
    ['code behind a raw string with a backslash', 'f("""C:\\""", "// 2")', 'f("""C:\\""", "// 1")'],
  ],
};
