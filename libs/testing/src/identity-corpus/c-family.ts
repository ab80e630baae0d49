import type { LanguageCorpus } from './corpus';

export const C: LanguageCorpus = {
  language: 'C',
  filePath: 'src/main.c',
  text: String.raw`
|#include <string.h>
|int main(int argc, char **argv) {
|  char name[16];
>  if (argc > 1) strcpy(name, argv[1]);
|  return 0;
|}
`,
  comments: ['// "safe', "/* isn't */"],
  keeps: [
    ['it is wrapped', 'if (argc > 1)\n    strcpy(name,\n           argv[1]);'],
    ['a comment stands within it', 'if (argc > 1) /* given */ strcpy(name, argv[1]);'],
    ['a macro is continued', '#define COPY(a) \\\n  strcpy(a, b)', '#define COPY(a) strcpy(a, b)'],
    ['a star moves', 'char* a = b;', 'char *a = b;'],
    ['a comment follows a quote character', "f('\"', '/'); // c", "f('\"', '/');"],
  ],
  changes: [
    ['an operand is another', 'if (argc > 1) strcpy(name, argv[2]);'],
    ['an operator is another', 'if (argc >= 1) strcpy(name, argv[1]);'],
    ['a function is another', 'if (argc > 1) strcat(name, argv[1]);'],
    ['a string is another', 'puts("a  b");', 'puts("a b");'],
    ['what looks like a comment in a string', 'puts("/* b */");', 'puts("/* a */");'],
    ['an address becomes a condition', 'x = a && b;', 'x = a & &b;'],
    ['code behind i--', 'i = j--; l', 'i = j--; k'],
  ],
};

export const CPP: LanguageCorpus = {
  language: 'C++',
  filePath: 'src/query.cpp',
  text: String.raw`
|#include "db.hpp"
|Rows find(Db &db, const std::string &id) {
>  return db.run(R"sql(SELECT "a" FROM t -- \)sql" + id);
|}
`,
  comments: ['// c "', '/* d */'],
  keeps: [
    ['it is wrapped', 'return db.run(\n    R"sql(SELECT "a" FROM t -- \\)sql"\n    + id);'],
    ['a comment follows a raw string with quotes', 'f(R"(a"b)"); // c', 'f(R"(a"b)");'],
    ['a comment follows a number with separators', "x = 1'000'000; // c", "x = 1'000'000;"],
  ],
  changes: [
    ['an operand is another', 'return db.run(R"sql(SELECT "a" FROM t -- \\)sql" + key);'],
    [
      'a name within the raw string is another',
      'return db.run(R"sql(SELECT "b" FROM t -- \\)sql" + id);',
    ],
    ['what looks like a comment in a raw string', 'f(R"(a"// 2)");', 'f(R"(a"// 1)");'],
    ['white space in a raw string', 'f(R"(a" b)");', 'f(R"(a"  b)");'],
    ['a scope is another', 'a::f();', 'b::f();'],
  ],
};

export const CSHARP: LanguageCorpus = {
  language: 'C#',
  filePath: 'Web/Orders.cs',
  text: String.raw`
|class Orders {
|  Rows Find(string id) {
>    return db.Query(@"SELECT ""a"" FROM C:\" + id, timeout: 30);
|  }
|}
`,
  comments: ['// c "', "/* it's */"],
  keeps: [
    ['it is wrapped', 'return db.Query(\n    @"SELECT ""a"" FROM C:\\" + id,\n    timeout: 30);'],
    ['a comment follows text of three quotes', 'f("""C:\\"""); // c', 'f("""C:\\""");'],
    [
      'a comment follows an interpolated verbatim string',
      'f($@"C:\\{a}\\"); // c',
      'f($@"C:\\{a}\\");',
    ],
    ['a verbatim string is indented', 'f(@"a\n      b");', 'f(@"a\n  b");'],
  ],
  changes: [
    ['an operand is another', 'return db.Query(@"SELECT ""a"" FROM C:\\" + key, timeout: 30);'],
    ['a number is another', 'return db.Query(@"SELECT ""a"" FROM C:\\" + id, timeout: 31);'],
    ['code behind a verbatim string', 'f(@"C:\\", "// 2");', 'f(@"C:\\", "// 1");'],
    ['a quote within a verbatim string', 'f(@"a""// 2");', 'f(@"a""// 1");'],
  ],
};

export const RUST: LanguageCorpus = {
  language: 'Rust',
  filePath: 'src/list.rs',
  text: String.raw`
|fn list<'a>(name: &'a str) -> Output {
>    Command::new("sh").arg(format!(r#"ls "{}" // x"#, name)).output()
|}
`,
  comments: ["// it's", '/* "d */'],
  keeps: [
    [
      'it is wrapped',
      'Command::new("sh")\n    .arg(format!(r#"ls "{}" // x"#, name))\n    .output()',
    ],
    [
      'a comment follows a lifetime',
      "fn f<'a>(x: &'a str) { g(x) } // '",
      "fn f<'a>(x: &'a str) { g(x) }",
    ],
    ['a comment follows a raw string with a backslash', 'f(r"C:\\"); // c', 'f(r"C:\\");'],
  ],
  changes: [
    ['an operand is another', 'Command::new("sh").arg(format!(r#"ls "{}" // x"#, path)).output()'],
    [
      'what looks like a comment in a raw string',
      'Command::new("sh").arg(format!(r#"ls "{}" // y"#, name)).output()',
    ],
    ['a closure with a reference becomes a condition', 'a && b', 'a & &b'],
    ['code behind a raw string with a backslash', 'f(r"C:\\", "// 2");', 'f(r"C:\\", "// 1");'],
  ],
};
