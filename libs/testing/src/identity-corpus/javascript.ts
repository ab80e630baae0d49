import type { LanguageCorpus } from './corpus';

export const JAVASCRIPT: LanguageCorpus = {
  language: 'JavaScript',
  filePath: 'src/orders.js',
  text: `
|const { db } = require('./db');
|
|async function find(id) {
>  return db.query(\`SELECT * FROM orders WHERE id = \${id}\`, { limit: 10 });
|}
|module.exports = { find };
`,
  comments: ['// it\'s "checked" above', '/* not yet */'],
  keeps: [
    [
      'it is wrapped',
      '  return db.query(\n    `SELECT * FROM orders WHERE id = ${id}`,\n    { limit: 10 }\n  );',
    ],
    [
      'it is wrapped with trailing commas',
      '  return db.query(\n    `SELECT * FROM orders WHERE id = ${id}`,\n    {\n      limit: 10,\n    },\n  );',
    ],
    [
      'a comment stands between its arguments',
      'return db.query(`SELECT * FROM orders WHERE id = ${id}`, /* at most */ { limit: 10 });',
    ],
    [
      'a line of comment stands within it',
      'return db.query(\n// slow\n`SELECT * FROM orders WHERE id = ${id}`, { limit: 10 });',
    ],
    [
      'spaces of the brackets go',
      'return db.query(`SELECT * FROM orders WHERE id = ${id}`,{limit:10});',
    ],
    [
      'the query is indented with the code around it',
      'q(`\n        SELECT *\n          FROM t`);',
      'q(`\n  SELECT *\n    FROM t`);',
    ],
    [
      'a comment follows a regular expression',
      'x = /["\'`//]/.test(y); // no',
      'x = /["\'`//]/.test(y);',
    ],
    ['a comment follows two divisions', 'x = a / b / c; // "mean"', 'x = a / b / c;'],
    ['a comment follows i++ / 2', 'x = i++ / 2; // a / b', 'x = i++ / 2;'],
    [
      'a comment follows nested templates',
      'f(`a ${b ? `c ${d}` : ""}`); // x',
      'f(`a ${b ? `c ${d}` : ""}`);',
    ],
    [
      'a comment follows an arrow that returns a pattern',
      'f((x) => /a b/.test(x)); // y',
      'f((x) => /a b/.test(x));',
    ],
  ],
  changes: [
    [
      'an operand is another',
      '  return db.query(`SELECT * FROM orders WHERE id = ${key}`, { limit: 10 });',
    ],
    [
      'a number is another',
      '  return db.query(`SELECT * FROM orders WHERE id = ${id}`, { limit: 11 });',
    ],
    [
      'a name is another',
      '  return db.execute(`SELECT * FROM orders WHERE id = ${id}`, { limit: 10 });',
    ],
    [
      'the case of a name is another',
      '  return DB.query(`SELECT * FROM orders WHERE id = ${id}`, { limit: 10 });',
    ],
    [
      'a space within the string is gone',
      '  return db.query(`SELECT *FROM orders WHERE id = ${id}`, { limit: 10 });',
    ],
    ['an operator is another', 'if (a === b) go();', 'if (a !== b) go();'],
    ['a - -b becomes a--b', 'x = a--b', 'x = a - -b'],
    ['a + +b becomes a++b', 'x = a++b', 'x = a + +b'],
    ['two words become one', 'returnx', 'return x'],
    ['an address differs behind its slashes', 'get("http://b.example")', 'get("http://a.example")'],
    ['an address in a template differs', 'get(`https://${b}//b`)', 'get(`https://${b}//a`)'],
    [
      'code behind a regular expression with slashes differs',
      'x = /["//]a/; f(2)',
      'x = /["//]a/; f(1)',
    ],
    [
      'code behind nested templates with slashes differs',
      'f(`${g(`//`)}`, 2)',
      'f(`${g(`//`)}`, 1)',
    ],
    ['text in a template looks like a comment', 'f(`a /* 2 */`)', 'f(`a /* 1 */`)'],
    ['a colour is another', "paint('#fff')", "paint('#000')"],
    [
      'what only looks like the start of a comment hides no next line',
      "glob('a/*', b)\nrun(2)",
      "glob('a/*', b)\nrun(1)",
    ],
    ['a template that is cut off differs', 'f(`\n// 2', 'f(`\n// 1'],
    ['an empty place at the end of a list', 'f([,])', 'f([])'],
    ['a value that is not null becomes a comparison', 'x != y', 'x! = y'],
  ],
};

export const TSX: LanguageCorpus = {
  language: 'TypeScript',
  filePath: 'src/Page.tsx',
  text: `
|import { Profile } from './profile';
|export function Page({ user }: { user: Profile }) {
|  return (
>    <div
>      className="note  wide"
>      dangerouslySetInnerHTML={{ __html: user.about }}
>    />
|  );
|}
`,
  comments: ["// don't", '/* nor */'],
  keeps: [
    ['types are wrapped', 'f<\n  A,\n  B,\n>()', 'f<A, B>()'],
    [
      'its attributes are joined',
      '<div className="note  wide" dangerouslySetInnerHTML={{ __html: user.about }} />',
    ],
    [
      'a comment follows an apostrophe in text',
      "<p>Don't go</p> {/* b */}",
      "<p>Don't go</p> {/* a */}",
    ],
    ['a comment follows a closing tag', '<b>a</b> <i>b</i> // c', '<b>a</b> <i>b</i>'],
    [
      'a comment follows a type',
      'const a: Array<Map<string, X>> = f(); // c',
      'const a: Array<Map<string, X>> = f();',
    ],
    [
      'a generic is spaced',
      'const a: Array<Map<string, X> > = f();',
      'const a: Array<Map<string, X>> = f();',
    ],
  ],
  changes: [
    [
      'white space of an attribute is another',
      '<div className="note wide" dangerouslySetInnerHTML={{ __html: user.about }} />',
    ],
    [
      'another property is shown',
      '<div className="note  wide" dangerouslySetInnerHTML={{ __html: user.name }} />',
    ],
    ['an address in text is another', '<a>http://b.example</a>', '<a>http://a.example</a>'],
    [
      'an address of another kind in text is another',
      '<a>ftp://b.example</a>',
      '<a>ftp://a.example</a>',
    ],
    ['an address with a port in text is another', '<a>ws://a:2/x</a>', '<a>ws://a:1/x</a>'],
    ['text behind an apostrophe is another', "<p>Don't b</p>", "<p>Don't a</p>"],
    ['a literal type is another', "let a: 'b b' = x", "let a: 'bb' = x"],
  ],
};
