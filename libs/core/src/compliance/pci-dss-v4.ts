import type { Control, Framework } from './framework';
import * as topics from './topics';

function control(
  id: string,
  name: string,
  cwes: readonly number[] = [],
  keywords: readonly string[] = [],
): Control {
  return { id, tag: id, name, cwes, keywords };
}

export const PCI_DSS_V4: Framework = {
  id: 'pci-dss-v4',
  name: 'PCI DSS',
  version: '4.0',
  controls: [
    control('PCI-1', 'Network Security Controls', [], topics.OPEN_NETWORK),
    control('PCI-2', 'Secure Configurations', [2, 16, 260, 756], topics.LOOSE_SETTINGS),
    control('PCI-3', 'Protect Stored Account Data', [311, 312, 316, 326], topics.CLEAR_STORAGE),
    control(
      'PCI-4',
      'Strong Cryptography During Transmission',
      [319, 326, 327, 757],
      [...topics.CLEAR_TRANSPORT, 'weak cipher'],
    ),
    control('PCI-5', 'Protect from Malicious Software', [494, 829], topics.MALICE),
    control(
      'PCI-6',
      'Develop and Maintain Secure Systems',
      [20, 74, 79, 89, 94, 116, 434, 502, 611, 798, 918],
      [...topics.INJECTIONS, ...topics.KNOWN_VULNERABILITIES],
    ),
    control(
      'PCI-7',
      'Restrict Access by Business Need',
      [264, 284, 285, 732, 862],
      [...topics.OPEN_ACCESS, ...topics.POWERFUL_ACCOUNTS],
    ),
    control(
      'PCI-8',
      'Identify Users and Authenticate Access',
      [255, 287, 307, 521, 522, 798],
      topics.WEAK_LOGIN,
    ),
    control('PCI-9', 'Restrict Physical Access'),
    control('PCI-10', 'Log and Monitor All Access', [117, 223, 532, 778], topics.MISSING_LOGS),
    control('PCI-11', 'Test Security Regularly', [], ['intrusion detection']),
    control('PCI-12', 'Organizational Policies'),
  ],
};
