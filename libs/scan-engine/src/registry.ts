import type { Scanner } from './scanner';
import { banditScanner } from './scanners/bandit';
import { baselineScanner } from './scanners/baseline/scanner';
import { builtinDastScanner } from './scanners/builtin-dast/scanner';
import { checkovScanner } from './scanners/checkov/scanner';
import { dockerfileScanner } from './scanners/dockerfile/scanner';
import { gitHygieneScanner } from './scanners/git-hygiene/scanner';
import { licensesScanner } from './scanners/licenses/scanner';
import { nmapScanner } from './scanners/nmap/scanner';
import { npmAuditScanner } from './scanners/npm-audit/scanner';
import { safetyScanner } from './scanners/safety/scanner';
import { secretsScanner } from './scanners/secrets/scanner';
import { semgrepScanner } from './scanners/semgrep';
import { trivyScanner } from './scanners/trivy';
import { zapScanner } from './scanners/zap/scanner';

/** Every scanner, in the order in which they are chosen and in which the elder of two equal reports wins. */
export const SCANNERS: readonly Scanner[] = [
  semgrepScanner,
  banditScanner,
  trivyScanner,
  checkovScanner,
  baselineScanner,
  secretsScanner,
  safetyScanner,
  licensesScanner,
  dockerfileScanner,
  npmAuditScanner,
  gitHygieneScanner,
  builtinDastScanner,
  zapScanner,
  nmapScanner,
];
