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

export const CIS_CONTROLS_V8: Framework = {
  id: 'cis-controls-v8',
  name: 'CIS Controls',
  version: '8',
  controls: [
    control('CIS-01', 'Inventory and Control of Enterprise Assets'),
    control('CIS-02', 'Inventory and Control of Software Assets', [1035, 1104]),
    control(
      'CIS-03',
      'Data Protection',
      [311, 312, 319, 326, 327, 522],
      [...topics.CLEAR_STORAGE, ...topics.CLEAR_TRANSPORT],
    ),
    control('CIS-04', 'Secure Configuration', [2, 16, 260, 521, 756], topics.LOOSE_SETTINGS),
    control('CIS-05', 'Account Management', [250, 269, 276, 284, 732], topics.POWERFUL_ACCOUNTS),
    control(
      'CIS-06',
      'Access Control Management',
      [264, 284, 285, 639, 862, 863],
      topics.OPEN_ACCESS,
    ),
    control(
      'CIS-07',
      'Continuous Vulnerability Management',
      [1035, 1104],
      topics.KNOWN_VULNERABILITIES,
    ),
    control('CIS-08', 'Audit Log Management', [117, 223, 532, 778], topics.MISSING_LOGS),
    control('CIS-09', 'Email and Web Browser Protections', [79, 601], ['content security policy']),
    control('CIS-10', 'Malware Defenses', [494, 829], topics.MALICE),
    control('CIS-11', 'Data Recovery', [], topics.RECOVERY),
    control('CIS-12', 'Network Infrastructure Management', [319, 757], topics.OPEN_NETWORK),
    control('CIS-13', 'Network Monitoring and Defense', [], ['flow logs', 'intrusion detection']),
    control('CIS-14', 'Security Awareness and Skills Training'),
    control('CIS-15', 'Service Provider Management', [], ['third party action']),
    control(
      'CIS-16',
      'Application Software Security',
      [20, 74, 79, 89, 94, 116, 502, 611, 798, 918],
      topics.INJECTIONS,
    ),
    control('CIS-17', 'Incident Response Management'),
    control('CIS-18', 'Penetration Testing'),
  ],
};
