import type { Language } from './language';
import { LANGUAGES } from './languages';

const BY_ENDING = byName({
  c: 'c h cc cpp cxx hh hpp hxx ino m mm proto sol zig bicep',
  cmake: 'cmake',
  component: 'vue svelte astro',
  conf: 'conf',
  csharp: 'cs csx',
  css: 'css',
  dockerfile: 'dockerfile containerfile',
  elixir: 'ex exs',
  go: 'go mod',
  groovy: 'groovy gradle jenkinsfile dart',
  haskell: 'hs elm ada adb ads',
  html: 'html htm xhtml cshtml razor jsp ejs erb hbs mustache twig j2 jinja jinja2 njk liquid tmpl',
  ini: 'ini cfg npmrc editorconfig gitconfig service',
  java: 'java',
  javascript: 'js mjs cjs jsx ts mts cts tsx json5',
  json: 'json jsonc ipynb tfstate har',
  kotlin: 'kt kts scala',
  lisp: 'clj cljs cljc edn lisp el scm',
  lua: 'lua',
  markdown: 'md markdown mdx rst adoc',
  markup: 'xml svg xsl xslt xsd csproj props targets plist',
  perl: 'pl pm',
  php: 'php phtml php5 inc',
  powershell: 'ps1 psm1 psd1',
  properties: 'properties',
  python: 'py pyi pyw bzl star',
  r: 'r',
  ruby: 'rb rake gemspec ru',
  rust: 'rs',
  scss: 'scss less',
  shell: 'sh bash zsh ksh fish env mk bats bashrc zshrc profile bash_profile envrc',
  sql: 'sql psql ddl',
  swift: 'swift',
  terraform: 'tf tfvars hcl nomad',
  toml: 'toml',
  yaml: 'yml yaml',
});

/** Files whose whole name says what they are, or what stands before the first dot of it. */
const BY_STEM = byName({
  cmake: 'cmakelists',
  dockerfile: 'dockerfile containerfile',
  groovy: 'jenkinsfile',
  ini: 'pylintrc',
  ruby: 'rakefile gemfile vagrantfile podfile fastfile',
  shell: 'makefile gnumakefile env envrc',
  toml: 'pipfile',
});

/** `Dockerfile.py` builds an image, `dockerfile.py` is a program. */
const DOCKERFILE = /^(?:Dockerfile|Containerfile)(?:[.-]|$)/;

/** The language of a file by its name; words and no comments where the name says nothing. */
export function languageOf(filePath: string): Language {
  const base = filePath.slice(filePath.lastIndexOf('/') + 1);
  if (DOCKERFILE.test(base)) return LANGUAGES.dockerfile;
  const name = base.toLowerCase();
  const stem = name.startsWith('.') ? name.slice(1) : name;
  const firstDot = stem.indexOf('.');
  const byEnding = firstDot === -1 && stem === name ? undefined : BY_ENDING.get(endingOf(stem));
  return (
    byEnding ?? BY_STEM.get(firstDot === -1 ? stem : stem.slice(0, firstDot)) ?? LANGUAGES.unknown
  );
}

function endingOf(stem: string): string {
  return stem.slice(stem.lastIndexOf('.') + 1);
}

function byName(
  table: Partial<Record<keyof typeof LANGUAGES, string>>,
): ReadonlyMap<string, Language> {
  const names = new Map<string, Language>();
  for (const [language, endings] of Object.entries(table)) {
    for (const ending of endings.split(' ')) {
      names.set(ending, LANGUAGES[language as keyof typeof LANGUAGES]);
    }
  }
  return names;
}
