/**
 * `npm run gen:scanner -- <name> --type <scan type> [--kind external|file|builtin] [--after <scanner>]`
 * Writes what a new scanner consists of: the definition, its spec, a folder for fixtures, and its line in the registry.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const root = fileURLToPath(new URL('../..', import.meta.url));
const templates = join(root, 'libs/tooling/gen-scanner');
const scanners = join(root, 'libs/scan-engine/src/scanners');
const registryFile = join(root, 'libs/scan-engine/src/registry.ts');
const contract = readFileSync(join(root, 'libs/contracts/src/scan.ts'), 'utf8');
const SCAN_TYPES = /SCAN_TYPES = \[([^\]]*)\]/u.exec(contract)[1].match(/\w+/gu);
const KINDS = ['external', 'file', 'builtin'];
const LIST = /(?<=SCANNERS: readonly Scanner\[\] = \[\n)[^\]]*/u;

function stop(sentence) {
  process.stderr.write(`gen:scanner: ${sentence}\n`);
  process.exit(2);
}

function readOrder() {
  const options = { type: { type: 'string' }, kind: { type: 'string' }, after: { type: 'string' } };
  const { positionals, values } = readArguments(options);
  const [name = '', ...others] = positionals;
  const { type = '', kind = 'external', after } = values;
  if (!/^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/u.test(name) || others.length > 0) {
    stop('give one name in lower case, such as `npm run gen:scanner -- my-tool --type code`.');
  }
  if (!SCAN_TYPES.includes(type)) stop(`--type must be one of ${SCAN_TYPES.join(', ')}.`);
  if (!KINDS.includes(kind)) stop(`--kind must be one of ${KINDS.join(', ')}.`);
  return { name, type, kind, after: after === undefined ? undefined : variableOf(after) };
}

function readArguments(options) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    // Expected: an option that there is not, or one without its value.
    return stop(error.message);
  }
}

/** `git-hygiene` → `gitHygieneScanner`, the name that a definition is exported under. */
function variableOf(name) {
  return `${camelCase(name)}Scanner`;
}

function camelCase(name) {
  return name.replace(/[-_](.)/gu, (_, letter) => letter.toUpperCase());
}

function filesOf({ name, kind }) {
  const fixtures = join(scanners, '__fixtures__', name);
  if (kind === 'external') {
    return [
      ['external.ts', join(scanners, `${name}.ts`)],
      ['external.spec.ts', join(scanners, `${name}.spec.ts`)],
      ['external.README.md', join(fixtures, 'README.md')],
    ];
  }
  return [
    [`${kind}.ts`, join(scanners, name, 'scanner.ts')],
    ['own.spec.ts', join(scanners, name, 'scanner.spec.ts')],
    ['own.README.md', join(fixtures, 'README.md')],
  ];
}

function fill(template, { name, type }) {
  const scanner = camelCase(name);
  const words = { name, type, scanner, Name: scanner[0].toUpperCase() + scanner.slice(1) };
  const text = readFileSync(join(templates, `${template}.template`), 'utf8');
  return text.replace(/\{\{(\w+)\}\}/gu, (_, word) => words[word]);
}

function register({ name, kind, after }) {
  const text = readFileSync(registryFile, 'utf8');
  const variable = variableOf(name);
  const from = kind === 'external' ? `./scanners/${name}` : `./scanners/${name}/scanner`;
  const list =
    LIST.exec(text)?.[0]
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean) ?? [];
  if (list.includes(`${variable},`)) stop(`${name} is already in the registry.`);
  const place = after === undefined ? list.length : list.indexOf(`${after},`) + 1;
  if (after !== undefined && place === 0) stop('--after names no scanner of the registry.');
  list.splice(place, 0, `${variable},`);
  const lines = text.replace(LIST, `${list.join('\n')}\n`).split('\n');
  const imports = lines.filter(
    (line) => line.startsWith('import { ') && line.includes("'./scanners/"),
  );
  const others = lines.filter((line) => !imports.includes(line));
  const path = (line) => /'(.*)'/u.exec(line)[1];
  imports.push(`import { ${variable} } from '${from}';`);
  imports.sort((a, b) => (path(a) < path(b) ? -1 : 1));
  others.splice(1, 0, ...imports);
  return others.join('\n');
}

async function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  const style = (await resolveConfig(path)) ?? {};
  writeFileSync(path, await format(text, { ...style, filepath: path }));
  process.stdout.write(`${relative(root, path)}\n`);
}

const order = readOrder();
const files = filesOf(order).map(([template, path]) => [path, fill(template, order)]);
files.push([registryFile, register(order)]);
const taken = files.find(([path]) => path !== registryFile && existsSync(path));
if (taken !== undefined) stop(`${relative(root, taken[0])} is already there.`);
for (const [path, text] of files) await write(path, text);
process.stdout.write(
  'Its tests are red until you have replaced what the templates leave open; docs/adding-a-scanner.md leads through it.\n',
);
