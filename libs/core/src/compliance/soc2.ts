import type { Control, Framework } from './framework';
import * as topics from './topics';

function control(
  id: string,
  name: string,
  cwes: readonly number[],
  keywords: readonly string[],
): Control {
  return { id, tag: id, name, cwes, keywords };
}

export const SOC2: Framework = {
  id: 'soc2',
  name: 'SOC 2',
  version: '2017 Trust Services Criteria',
  controls: [
    control(
      'SOC2-CC6',
      'Logical and Physical Access Controls',
      [250, 255, 264, 269, 276, 284, 285, 287, 306, 521, 522, 639, 732, 798, 862, 863],
      [...topics.OPEN_ACCESS, ...topics.POWERFUL_ACCOUNTS, ...topics.WEAK_LOGIN],
    ),
    control(
      'SOC2-CC7',
      'System Operations',
      [117, 223, 532, 778],
      [...topics.MISSING_LOGS, 'intrusion detection'],
    ),
    control('SOC2-CC8', 'Change Management', [], ['branch protection']),
    control('SOC2-CC9', 'Risk Mitigation', [1035, 1104], topics.KNOWN_VULNERABILITIES),
    control(
      'SOC2-C1',
      'Confidentiality',
      [200, 311, 312, 319, 326, 327, 359, 497, 522, 532],
      [...topics.CLEAR_STORAGE, ...topics.CLEAR_TRANSPORT],
    ),
    control('SOC2-A1', 'Availability', [], topics.RECOVERY),
    control('SOC2-PI1', 'Processing Integrity', [20, 74, 79, 89, 94, 502], topics.INJECTIONS),
    control('SOC2-P1', 'Privacy', [200, 359, 532], ['personal data']),
  ],
};
