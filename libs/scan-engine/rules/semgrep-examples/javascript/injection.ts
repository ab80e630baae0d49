import { exec, execFile } from 'node:child_process';
import * as childProcess from 'child_process';
import { promisify } from 'node:util';
import vm from 'node:vm';
import serialize from 'node-serialize';

const run = promisify(exec);

export async function sqlStatements(db, name: string, sort: string) {
  // ruleid: securescan.javascript.sql-string-concatenation
  await db.query("SELECT * FROM customers WHERE name = '" + name + "'");

  const statement = `SELECT id, total FROM orders ORDER BY ${sort}`;
  // ruleid: securescan.javascript.sql-string-concatenation
  await db.query(statement);

  // ok: securescan.javascript.sql-string-concatenation
  await db.query('SELECT * FROM customers WHERE name = ?', [name]);
  // ok: securescan.javascript.sql-string-concatenation
  await db.query('SELECT id, total ' + 'FROM orders');
  // ok: securescan.javascript.sql-string-concatenation
  await db.query(sql`SELECT * FROM customers WHERE name = ${name}`);
  // ok: securescan.javascript.sql-string-concatenation
  log.info(`Update of ${name} is done`);
  // ok: securescan.javascript.sql-string-concatenation
  await queue.run(`import of ${name}`);
}

export async function filters(req, res) {
  // ruleid: securescan.javascript.nosql-query-from-request
  const user = await User.findOne({ name: req.body.name, password: req.body.password });
  // ok: securescan.javascript.nosql-query-from-request
  const other = await User.findOne({ name: String(req.body.name) });
  res.json({ user: user.id, other: other.id });
}

export async function commands(req, branch: string) {
  // ruleid: securescan.javascript.shell-command-from-string
  exec('git log ' + branch, console.log);
  // ruleid: securescan.javascript.shell-command-from-string
  childProcess.execSync(`convert ${req.query.file} out.png`);
  // ruleid: securescan.javascript.shell-command-from-string
  await run(`tar -xf ${branch}`);
  // ok: securescan.javascript.shell-command-from-string
  execFile('git', ['log', branch], console.log);
  // ok: securescan.javascript.shell-command-from-string
  exec('git status', console.log);
  // ok: securescan.javascript.shell-command-from-string
  const words = /^(\w+)$/.exec('name ' + branch);
  return words;
}

export function evaluation(formula: string, text: string) {
  // ruleid: securescan.javascript.dynamic-code-evaluation
  const total = eval(formula);
  // ruleid: securescan.javascript.dynamic-code-evaluation
  const twice = new Function('x', formula);
  // ruleid: securescan.javascript.dynamic-code-evaluation
  vm.runInNewContext(formula, {});
  // ok: securescan.javascript.dynamic-code-evaluation
  const fixed = eval('1 + 1');
  // ok: securescan.javascript.dynamic-code-evaluation
  return JSON.parse(text);
}

export function templates(req, res) {
  // ruleid: securescan.javascript.template-from-request
  const page = ejs.render(req.body.layout, { shop: 'Harbour' });
  // ok: securescan.javascript.template-from-request
  const other = ejs.render('<p><%= name %></p>', { name: req.body.name });
  return [page, other];
}

export function storedObjects(cookie: string) {
  // ruleid: securescan.javascript.unsafe-deserialization
  const cart = serialize.unserialize(cookie);
  // ok: securescan.javascript.unsafe-deserialization
  return cart ?? JSON.parse(cookie);
}

export function settings(req, defaults) {
  // ruleid: securescan.javascript.prototype-pollution
  _.merge(defaults, req.body);
  // ok: securescan.javascript.prototype-pollution
  _.merge(defaults, Settings.parse(req.body));
  // ok: securescan.javascript.prototype-pollution
  _.merge(defaults, { theme: 'dark' });
}

export function search(req, names: string[]) {
  // ruleid: securescan.javascript.regular-expression-from-request
  const unsafe = new RegExp(req.query.q, 'i');
  // ok: securescan.javascript.regular-expression-from-request
  const safe = new RegExp(escapeRegExp(req.query.q), 'i');
  return names.filter((name) => unsafe.test(name) || safe.test(name));
}

export function documents(text: string) {
  // ruleid: securescan.javascript.xml-external-entities
  const order = libxml.parseXml(text, { noent: true });
  // ok: securescan.javascript.xml-external-entities
  return order ?? libxml.parseXml(text, { noblanks: true });
}
