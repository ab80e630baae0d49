import type { LanguageCorpus } from './corpus';

export const PYTHON: LanguageCorpus = {
  language: 'Python',
  filePath: 'app/orders.py',
  text: String.raw`
|import subprocess
|
|
|def listing(name):
>    subprocess.run("ls -l " + name, shell=True)
|    return None
`,
  comments: ['# nosec "x', "# it's fine"],
  keeps: [
    ['it is wrapped', 'subprocess.run(\n    "ls -l " + name,\n    shell=True)'],
    [
      'it is wrapped with a trailing comma',
      'subprocess.run(\n    "ls -l " + name,\n    shell=True,\n)',
    ],
    [
      'it is wrapped with comments',
      'subprocess.run(\n    "ls -l " + name,  # first\n    shell=True,  # second\n)',
    ],
    [
      'a backslash continues it',
      String.raw`x = a + \
    b`,
      'x = a + b',
    ],
    ['a comment without a space', 'run(x)#why', 'run(x)'],
    ['a comment that begins with a bracket', 'run(x)  #[1] see below', 'run(x)'],
    [
      'a comment follows a raw string',
      String.raw`re.match(r"\"#", x)  # c`,
      String.raw`re.match(r"\"#", x)`,
    ],
    [
      'a comment follows a text of three quotes',
      'f("""a "quoted" # b""")  # c',
      'f("""a "quoted" # b""")',
    ],
    [
      'the text of a query is indented',
      'q("""\n        SELECT *\n    """)',
      'q("""\n    SELECT *\n""")',
    ],
    ['operators are spaced', 'x = a+b*c', 'x = a + b * c'],
    ['a comment follows both kinds of quotes', 'f("it\'s", \'"\')  # "', 'f("it\'s", \'"\')'],
  ],
  changes: [
    ['an operand is another', '    subprocess.run("ls -l " + path, shell=True)'],
    ['a value is another', '    subprocess.run("ls -l " + name, shell=False)'],
    ['a function is another', '    subprocess.call("ls -l " + name, shell=True)'],
    [
      'white space within the string is another',
      '    subprocess.run("ls  -l " + name, shell=True)',
    ],
    ['a string becomes a raw one', String.raw`f(r"\n")`, String.raw`f("\n")`],
    ['a colour is another', 'paint("#fff")', 'paint("#000")'],
    ['what looks like a comment in three quotes', 'f("""\n# two\n""")', 'f("""\n# one\n""")'],
    ['what looks like a comment in a text that is cut off', 'f("""\n# two', 'f("""\n# one'],
    [
      'what looks like a comment behind an escaped quote',
      String.raw`f("a\" # 2")`,
      String.raw`f("a\" # 1")`,
    ],
    ['a tuple becomes a value', 'x = (a)', 'x = (a,)'],
    ['not in becomes in', 'if a in b:', 'if a not in b:'],
    ['two strings become one', 'f("a", "b")', 'f("a" "b")'],
    ['lines of comment alone', '# second', '# first'],
  ],
};
