import type { FileTree, TreeFile } from '../../ports';

/** Files that are nothing else: reading them tells no more. */
const CERTAIN = [
  /(?:^|\/)(?:[^/]{1,200}\.)?[Dd]ockerfile(?:\.[^/]{1,200})?$/u,
  /\.(?:tf|tf\.json|hcl|bicep)$/u,
  /(?:^|\/)\.github\/workflows\/[^/]{1,200}\.ya?ml$/u,
  /(?:^|\/)\.circleci\/config\.ya?ml$/u,
  /(?:\.gitlab-ci|azure-pipelines|bitbucket-pipelines)\.ya?ml$/u,
  /(?:^|\/)serverless\.ya?ml$/u,
];
/** Files that may be a template, a manifest or anything else. */
const POSSIBLE = /\.(?:json|ya?ml|template)$/u;
/** What nearly every project has, and what says nothing about infrastructure. */
const KNOWN_OTHERS =
  /(?:^|\/)(?:package(?:-lock)?|npm-shrinkwrap|composer|[tj]sconfig(?:\.[\w-]{1,40})?|angular|nest-cli|\.eslintrc|pnpm-lock|pnpm-workspace|\.prettierrc|\.securescan|\.checkov|\.pre-commit-config|mkdocs|codecov)\.(?:json|ya?ml)$/u;
/** Values of variables, which are read along with what they are for. */
const VARIABLES = /\.tfvars$/u;
const IGNORED_DOCKERFILE = /\.[Dd]ockerignore$/u;

/** The words that begin the formats which have no names of their own. */
const TELLING_KEYS =
  /(?:^|[\s{,"'])(?:AWSTemplateFormatVersion|Resources|apiVersion|openapi|swagger|contentVersion|terraform_version|hosts|tasks)["']?[ \t]{0,20}:/u;

/** Whether checkov opens a file of this name at all. */
export function isOpened(path: string): boolean {
  return isCertain(path) || POSSIBLE.test(path) || VARIABLES.test(path);
}

/** Whether a file of this name may describe infrastructure. */
export function mayBeConfiguration(path: string): boolean {
  return isCertain(path) || (POSSIBLE.test(path) && !KNOWN_OTHERS.test(path));
}

/** Whether one of the files describes infrastructure. Reads them one by one, and none if a name says enough. */
export async function holdsConfiguration(
  tree: FileTree,
  candidates: readonly TreeFile[],
): Promise<boolean> {
  if (candidates.some(({ path }) => isCertain(path))) return true;
  for (const { path } of candidates) {
    const text = await tree.readText(path);
    if (text !== null && TELLING_KEYS.test(text)) return true;
  }
  return false;
}

function isCertain(path: string): boolean {
  return CERTAIN.some((pattern) => pattern.test(path)) && !IGNORED_DOCKERFILE.test(path);
}
