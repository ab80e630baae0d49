import type { LanguageCorpus } from './corpus';

export const GO: LanguageCorpus = {
  language: 'Go',
  filePath: 'cmd/list.go',
  text: `
|package main
|
|func list(name string) error {
>	return exec.Command("sh", "-c", "ls "+name).Run()
|}
`,
  comments: ['// run', "/* don't */"],
  keeps: [
    ['it is wrapped', '\treturn exec.Command(\n\t\t"sh", "-c",\n\t\t"ls "+name,\n\t).Run()'],
    ['it is aligned', '\treturn exec.Command("sh",  "-c",  "ls " + name).Run()'],
    ['a comment follows a raw string', 'q(`C:\\`) // c', 'q(`C:\\`)'],
    ['a comment follows a rune', "f('\"', '\\'') // c", "f('\"', '\\'')"],
    ['the text of a query is indented', 'q(`\n\t\t\tSELECT 1`)', 'q(`\n\tSELECT 1`)'],
  ],
  changes: [
    ['an operand is another', '\treturn exec.Command("sh", "-c", "ls "+path).Run()'],
    ['a name is another', '\treturn exec.CommandContext("sh", "-c", "ls "+name).Run()'],
    ['a string is another', '\treturn exec.Command("sh", "-c", "ls  "+name).Run()'],
    ['code behind a raw string with a backslash', 'q(`C:\\`, "// 2")', 'q(`C:\\`, "// 1")'],
    ['what looks like a comment in a raw string', 'q(`a // 2`)', 'q(`a // 1`)'],
    ['sending becomes comparing', 'c <-v', 'c < -v'],
    ['an address becomes a condition', 'a && b', 'a & &b'],
    ['assigning becomes declaring', 'x := f()', 'x = f()'],
    ['a rune is another', "f('b')", "f('a')"],
  ],
};
