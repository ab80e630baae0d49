import type { Scanner } from './scanner';
import { banditScanner } from './scanners/bandit';
import { builtinDastScanner } from './scanners/builtin-dast/scanner';
import { dockerfileScanner } from './scanners/dockerfile/scanner';
import { gitHygieneScanner } from './scanners/git-hygiene/scanner';
import { secretsScanner } from './scanners/secrets/scanner';
import { semgrepScanner } from './scanners/semgrep';

/** Every scanner, in the order in which they are chosen and in which the elder of two equal reports wins. */
export const SCANNERS: readonly Scanner[] = [
  semgrepScanner,
  banditScanner,
  secretsScanner,
  dockerfileScanner,
  gitHygieneScanner,
  builtinDastScanner,
];
