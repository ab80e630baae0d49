import { pypiName } from '@securescan/core';
import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { manifestRank, readManifest } from './manifests';
import { readMetadata } from './metadata';

function named(path: string, text: string): string[] | null {
  return (
    readManifest(path, text)?.map(({ name, isDev }) => (isDev ? `${name} (dev)` : name)) ?? null
  );
}

describe('readMetadata', () => {
  it('trusts an expression first, then the free text, then classifiers', () => {
    const text = [
      'Metadata-Version: 2.4',
      'Name: Demo_Package',
      'Version: 1.2.3',
      'Classifier: License :: OSI Approved :: MIT License',
      'Classifier: Programming Language :: Python',
      'Classifier: License :: OSI Approved',
      'license: BSD',
      'License-Expression: MIT OR ISC',
      '',
      'License: GPL',
    ].join('\r\n');
    expect(readMetadata(text)).toEqual({
      name: 'Demo_Package',
      version: '1.2.3',
      statements: [
        { texts: ['MIT OR ISC'], isChoice: true },
        { texts: ['BSD'], isChoice: true },
        { texts: ['MIT License'], isChoice: false },
      ],
    });
  });

  it('keeps the lines of a text together', () => {
    const text = 'Name: a\nLicense: MIT License\n        \n  Copyright 2020\nSummary: x\n';
    expect(readMetadata(text)?.statements[0]?.texts).toEqual(['MIT License\n\nCopyright 2020']);
  });

  it('knows nothing of what has no name', () => {
    expect(readMetadata('')).toBeNull();
    expect(readMetadata(' Name: a\nName:\n')).toBeNull();
  });
});

describe('readManifest', () => {
  it.each<[string, string, string[]]>([
    [
      'poetry.lock',
      `[[package]]
name = "Flask_Thing"
version = "1.0"
groups = ["main", "dev"]
[[package]]
name = "pytest"
groups = ["dev"]
[[package]]
name = "old"
category = "dev"
[[package]]
name = "part"
groups = ["main"]
[package.source]
type = "directory"`,
      ['flask-thing', 'pytest (dev)', 'old (dev)'],
    ],
    [
      'uv.lock',
      `[[package]]
name = "own"
source = { editable = "." }
[[package]]
name = "root"
source = { virtual = "." }
[[package]]
name = "anyio"
source = { registry = "https://index.example/simple" }`,
      ['anyio'],
    ],
    [
      'Pipfile.lock',
      '{"_meta":{},"default":{"A.b":{"version":"==1"}},"develop":{"c":{},"a-b":{}}}',
      ['a-b', 'c (dev)'],
    ],
    [
      'requirements.txt',
      `# comment
-r other.txt
--hash=sha256:00
Flask[async]==3.0 ; python_version > "3"
requests>=2 # why
zope.interface
local @ file:///x
./here
https://host.example/x.whl
git+https://host.example/x
  indented ~= 1.0`,
      ['flask', 'requests', 'zope-interface', 'local', 'indented'],
    ],
    ['requirements-dev.txt', 'pytest\n', ['pytest (dev)']],
    ['requirements/test.txt', 'pytest\n', ['pytest (dev)']],
    [
      'pyproject.toml',
      `[project]
dependencies = ["httpx>=0.27", "rich[extra]"]
[dependency-groups]
dev = ["pytest>=8", { include-group = "x" }]
[tool.poetry.dependencies]
python = "^3.12"
click = "^8"`,
      ['httpx', 'rich', 'pytest (dev)', 'click'],
    ],
  ])('finds the packages of %s', (path, text, expected) => {
    expect(named(path, text)).toEqual(expected);
  });

  it.each([
    ['poetry.lock', 'name = '],
    ['uv.lock', '[['],
    ['Pipfile.lock', '[]'],
    ['pyproject.toml', 'x'],
    ['setup.py', ''],
  ])('understands nothing of %s with %j', (path, text) => {
    expect(named(path, text)).toBeNull();
  });

  it.each([
    ['a/requirements.txt', true],
    ['dev-requirements.txt', true],
    ['requirements-dev.in', true],
    ['requirements/base.txt', true],
    ['docs/requirements/readme.md', false],
    ['requirements.txt.bak', false],
    ['my-poetry.lock', false],
  ])('%s is a manifest: %s', (path, expected) => {
    expect(manifestRank(path) !== null).toBe(expected);
  });

  it('compares names as Python does', () => {
    expect(pypiName('Zope.Interface__x')).toBe('zope-interface-x');
  });
});

describe('the readers of Python’s files', () => {
  const paths = ['poetry.lock', 'uv.lock', 'Pipfile.lock', 'requirements.txt', 'pyproject.toml'];

  it('never throw', () => {
    const piece = fc.oneof(
      anyText(),
      fc.json(),
      fc.constantFrom(
        '[[package]]\n',
        'name = "a"\n',
        '[project]\n',
        'Name: a\n',
        'License: ',
        '\n',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(piece), (path, pieces) => {
        const text = pieces.join('');
        expect(() => readManifest(path, text)).not.toThrow();
        expect(() => readMetadata(text)).not.toThrow();
      }),
    );
  });

  it.each([
    ['nested lists', `a = ${'['.repeat(100_000)}`],
    ['one long name', 'a'.repeat(2_000_000)],
    ['white space', ' '.repeat(2_000_000)],
    ['many indented lines', `Name: a\n${' x\n'.repeat(100_000)}`],
  ])('are not held up by %s', (_, text) => {
    const start = performance.now();
    for (const path of paths) readManifest(path, text);
    readMetadata(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
