import type { LanguageCorpus } from './corpus';

export const YAML: LanguageCorpus = {
  language: 'YAML',
  filePath: 'deploy/pod.yaml',
  text: String.raw`
|kind: Pod
|spec:
>  containers:
>    - name: shop
>      image: "shop:latest"
>      securityContext: { privileged: true }
|  restartPolicy: Never
`,
  comments: ['# pinned "later', "# isn't"],
  keeps: [
    [
      'comments stand behind its lines',
      'containers: # all\n  - name: shop # a\n    image: "shop:latest"\n    securityContext: { privileged: true }',
    ],
    [
      'a line of comment stands within it',
      'containers:\n  # the shop\n  - name: shop\n    image: "shop:latest"\n    securityContext: { privileged: true }',
    ],
    ['brackets are spaced', 'a: {b: [c, d]}', 'a: { b: [ c, d ] }'],
    ['a list in brackets is wrapped', 'a: [\n  b,\n  c,\n]', 'a: [b, c]'],
    ['values are aligned', 'image:    nginx', 'image: nginx'],
    ['a comment follows two apostrophes', "a: 'it''s' # c", "a: 'it''s'"],
    ['a comment follows an apostrophe in a word', "a: it's # c", "a: it's"],
    ['a script is indented', 'run: |\n      a\n        b', 'run: |\n  a\n    b'],
    ['a comment follows the mark of a script', 'run: | # c\n  a', 'run: |\n  a'],
    ['a comment follows a pipe', 'run: a | b # c', 'run: a | b'],
  ],
  changes: [
    ['a backslash ends a line', 'a: C:\\\nb: 1', 'a: C:\nb: 1'],
    [
      'a value is another',
      '  containers:\n    - name: shop\n      image: "shop:latest"\n      securityContext: { privileged: false }',
    ],
    [
      'a key is another',
      '  initContainers:\n    - name: shop\n      image: "shop:latest"\n      securityContext: { privileged: true }',
    ],
    ['a string becomes a number', 'port: 80', 'port: "80"'],
    ['white space within quotes', 'a: "b  c"', 'a: "b c"'],
    ['a fragment of an address', 'ref: page#two', 'ref: page#one'],
    ['an item becomes a text', 'a: -b', 'a: - b'],
    ['a colour in a script', 'css: |\n  color: #fff\nb: 1', 'css: |\n  color: #000\nb: 1'],
    ['a comment in a script', 'run: |\n  # two\n  a', 'run: |\n  # one\n  a'],
    [
      'a colour in the text of an item',
      '- css: >-\n    a: #fff\n  b: 1',
      '- css: >-\n    a: #000\n  b: 1',
    ],
    ['a value behind a text', '- run: |\n    a\n  b: 2', '- run: |\n    a\n  b: 1'],
    ['what looks like a comment in quotes', "a: 'b # d'", "a: 'b # c'"],
    ['what looks like a comment in quotes over two lines', 'a: "b\n  # d"', 'a: "b\n  # c"'],
    ['an address', 'a: http://c', 'a: http://b'],
  ],
};

export const JSON_TEXT: LanguageCorpus = {
  language: 'JSON',
  filePath: 'config/app.json',
  text: String.raw`
|{
|  "name": "shop",
>  "debug": { "bind": "0.0.0.0", "hosts": ["http://a", "/* all */"] },
|  "port": 80
|}
`,
  comments: ['// tolerated', '/* here */'],
  keeps: [
    [
      'it is wrapped',
      '"debug": {\n  "bind": "0.0.0.0",\n  "hosts": [\n    "http://a",\n    "/* all */"\n  ]\n},',
    ],
    ['its spaces go', '"debug":{"bind":"0.0.0.0","hosts":["http://a","/* all */"]},'],
    [
      'an apostrophe stands in text that is cut off',
      '"a": "it\'s"   , "b": 1',
      '"a": "it\'s", "b": 1',
    ],
  ],
  changes: [
    ['a value is another', '  "debug": { "bind": "::", "hosts": ["http://a", "/* all */"] },'],
    ['a key is another', '  "trace": { "bind": "0.0.0.0", "hosts": ["http://a", "/* all */"] },'],
    ['an address', '  "debug": { "bind": "0.0.0.0", "hosts": ["http://b", "/* all */"] },'],
    [
      'what looks like a comment',
      '  "debug": { "bind": "0.0.0.0", "hosts": ["http://a", "/* none */"] },',
    ],
    ['a number becomes a string', '"a": "1"', '"a": 1'],
    ['true becomes false', '"a": false', '"a": true'],
    ['white space within a string', '"a": "b  c"', '"a": "b c"'],
  ],
};

export const TOML: LanguageCorpus = {
  language: 'TOML',
  filePath: 'pyproject.toml',
  text: String.raw`
|[tool.shop]
|name = "shop"
>paths = ['C:\', "a # b", '#c']
|debug = true
`,
  comments: ['# "c', "# don't"],
  keeps: [
    ['it is wrapped', "paths = [\n  'C:\\',\n  \"a # b\",  # second\n  '#c',\n]"],
    ['its spaces go', "paths=['C:\\',\"a # b\",'#c']"],
    ['a comment follows a raw text', "a = '''C:\\''' # c", "a = '''C:\\'''"],
    ['a comment follows an escaped quote', 'a = "b\\"" # c', 'a = "b\\""'],
  ],
  changes: [
    ['a value is another', "paths = ['D:\\', \"a # b\", '#c']"],
    ['a value behind a raw string', "paths = ['C:\\', \"a # c\", '#c']"],
    ['what looks like a comment in a raw text', "a = '''\n# two\n'''", "a = '''\n# one\n'''"],
    ['a key is another', "files = ['C:\\', \"a # b\", '#c']"],
    ['a table becomes one of many', '[[a]]', '[a]'],
    ['a date with a time', 'a = 2026-01-02 03:04:05', 'a = 2026-01-0203:04:05'],
  ],
};

export const HCL: LanguageCorpus = {
  language: 'HCL',
  filePath: 'infra/main.tf',
  text: `
|resource "aws_s3_bucket_acl" "logs" {
>  acl    = lookup(var.acls, "\${lookup(local.names, "logs # x")}", "public-read")
|  bucket = aws_s3_bucket.logs.id
|}
`,
  comments: ['# open "', '// still'],
  keeps: [
    [
      'it is aligned',
      '  acl = lookup(var.acls, "${lookup(local.names, "logs # x")}", "public-read")',
    ],
    [
      'it is wrapped',
      '  acl = lookup(\n    var.acls,\n    "${lookup(local.names, "logs # x")}",\n    "public-read",\n  )',
    ],
    ['a comment of the third kind', 'acl = "private" /* c */', 'acl = "private"'],
    [
      'a text is indented',
      'policy = <<-EOT\n      { "a": 1 }\n    EOT',
      'policy = <<-EOT\n  { "a": 1 }\nEOT',
    ],
    ['a comment follows the end of a text', 'f(<<EOT\na\nEOT\n) # c', 'f(<<EOT\na\nEOT\n)'],
  ],
  changes: [
    [
      'a value is another',
      '  acl    = lookup(var.acls, "${lookup(local.names, "logs # x")}", "private")',
    ],
    [
      'what looks like a comment in a string within the string',
      '  acl    = lookup(var.acls, "${lookup(local.names, "logs # y")}", "public-read")',
    ],
    [
      'a name is another',
      '  mode   = lookup(var.acls, "${lookup(local.names, "logs # x")}", "public-read")',
    ],
    [
      'what looks like a comment in a text',
      'user_data = <<EOF\n# two\nEOF',
      'user_data = <<EOF\n# one\nEOF',
    ],
    [
      'an address in a text',
      'a = <<EOF\ncurl ftp://c //x\nEOF',
      'a = <<EOF\ncurl ftp://b //y\nEOF',
    ],
    ['a network is another', 'cidr_blocks = ["10.0.0.0/8"]', 'cidr_blocks = ["0.0.0.0/0"]'],
  ],
};
