import type { Severity } from '@securescan/contracts';
import { LICENSE_NAMES } from './spdx/license-names';

/**
 * Licences whose terms reach the program that a package becomes a part of, as patterns of a licence policy. Beyond GPL, LGPL and
 * AGPL: those written to the same end, for programs that are handed out or that others use over a network. Licences whose terms
 * end at their own files (MPL, EPL, CDDL) are left out, because use of an unchanged package asks for nothing more than a notice.
 */
export const COPYLEFT: readonly string[] = [
  'AGPL-*',
  'CECILL-1.0',
  'CECILL-1.1',
  'CECILL-2.0',
  'CECILL-2.1',
  'CPAL-1.0',
  'EUPL-*',
  'GPL-*',
  'LGPL-*',
  'OSL-*',
  'Parity-*',
  'QPL-1.0',
  'RPL-*',
  'SSPL-1.0',
  'Sleepycat',
];

/** Exceptions that free programs which merely link to a package, or are made with it, from its terms. */
export const EASING_EXCEPTIONS: readonly string[] = [
  'Autoconf-exception-2.0',
  'Autoconf-exception-3.0',
  'Bison-exception-2.2',
  'Bootloader-exception',
  'Classpath-exception-2.0',
  'FLTK-exception',
  'Font-exception-2.0',
  'GCC-exception-2.0',
  'GCC-exception-3.1',
  'GNAT-exception',
  'LGPL-3.0-linking-exception',
  'Libtool-exception',
  'Linux-syscall-note',
  'OCaml-LGPL-linking-exception',
  'WxWindows-exception-3.1',
  'eCos-exception-2.0',
];

export type RuleName = 'unknown' | 'warned' | 'copyleft' | 'not-allowed' | 'denied';

export interface LicenseRule {
  readonly severity: Severity;
  /** Ends the sentence that begins with `<package> is licensed under <licence>`, or, for `unknown`, with the package. */
  readonly title: string;
  readonly description: string;
  readonly remediation: string;
}

const REPLACE = 'Replace the package by one under other terms';
const POLICY = 'the member `licenses` of .securescan.yml';

/** Ids are `licenses/<name>`; copyleft of npm packages has the id `licenses/copyleft-npm`. */
export const LICENSE_RULES: Readonly<Record<RuleName, LicenseRule>> = {
  copyleft: {
    severity: 'medium',
    title: ', which is copyleft',
    description:
      'The terms of this licence reach the program that the package becomes a part of: whoever hands that program out, and with some of these licences whoever lets others use it over a network, has to offer them its source under the same terms.',
    remediation: `Find out whether the program is handed out or offered over a network, and how it uses the package. ${REPLACE}, or ask its authors for another licence, if the terms cannot be kept. If they can, name the licence under \`warn\` or \`allow\` in ${POLICY}.`,
  },
  denied: {
    severity: 'high',
    title: ', which the policy denies',
    description: `The project's policy, ${POLICY}, has this licence on its list \`deny\`.`,
    remediation: `${REPLACE}. If it is needed nevertheless, that is a decision about the policy, to be made by whoever answers for it.`,
  },
  'not-allowed': {
    severity: 'medium',
    title: ', which the policy does not allow',
    description: `The project's policy, ${POLICY}, has a list \`allow\`, and this licence is not on it.`,
    remediation: `${REPLACE}, or have the licence checked and put on the list.`,
  },
  warned: {
    severity: 'low',
    title: ', which the policy warns of',
    description: `The project's policy, ${POLICY}, has this licence on its list \`warn\`.`,
    remediation:
      'Check that the package is used in a way that its licence permits, and note the outcome where the next reader finds it.',
  },
  unknown: {
    severity: 'low',
    title: ' has no licence that could be told',
    description:
      'Without a licence nobody but the author may copy or change a package, and terms that nobody has read may ask for anything.',
    remediation:
      'Look for the licence in the repository of the package, ask its authors to name it in the metadata as an SPDX expression, or replace the package.',
  },
};

/** Of a licence that is not known while the policy lists all that may be used. */
export const SEVERITY_OF_UNKNOWN_BESIDE_ALLOW: Severity = 'medium';
/**
 * Of copyleft that may not bind anybody: tools for development are not part of what is handed out, an exception frees what links
 * to the package, or it may be that another licence can be chosen. What a policy says weighs the same everywhere.
 */
export const SEVERITY_OF_EASED_COPYLEFT: Severity = 'low';

/** What the scanner's digest is made of. */
export const RULES: readonly object[] = [
  LICENSE_RULES,
  COPYLEFT,
  EASING_EXCEPTIONS,
  LICENSE_NAMES,
  { SEVERITY_OF_UNKNOWN_BESIDE_ALLOW, SEVERITY_OF_EASED_COPYLEFT },
];
