import type { OptionKey } from './scan-options';

interface OptionText {
  readonly label: string;
  readonly about: string;
  /** What may come of it that nobody wants. */
  readonly warning: string | null;
  /** What the preview of the scan says of it. */
  readonly plan: string;
}

export const OPTION_TEXTS: Readonly<Record<OptionKey, OptionText>> = {
  active: {
    label: 'Let ZAP attack the application',
    about: 'Without it ZAP follows links and judges what every visitor is sent.',
    warning:
      'Sends real attacks to every page that is found, which may change or delete data, send mail and slow the application down. Turn it on only for an application that is yours to attack, best a copy.',
    plan: 'ZAP attacks the application',
  },
  history: {
    label: "Read git's history too",
    about: 'Finds secrets that were taken out since. Takes longer where there are many commits.',
    warning: null,
    plan: "secrets reads git's history",
  },
  baseline_host_probes: {
    label: "Judge this server's own machine",
    about:
      'In place of the files of a target: accounts, services and settings of the machine that SecureScan runs on. SECURESCAN_SCAN_ROOTS has to allow / for it.',
    warning: null,
    plan: "baseline judges this server's own machine",
  },
  ai: {
    label: 'Ask the language model how to mend',
    about:
      'About findings of severity critical and high. Its answers stand beside what the tools say, marked as unchecked.',
    warning:
      'Sends titles, descriptions and a few lines of code of these findings to the model that the operator has named, without paths and secrets.',
    plan: 'a language model is asked for advice',
  },
};
