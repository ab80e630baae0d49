import type { Finding } from '@securescan/core';

/** An OpenVEX document of a vendor. */
export function openvex(statements: readonly object[], more: object = {}): object {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://vendor.example/vex/1',
    author: 'Vendor',
    timestamp: '2026-03-01T00:00:00Z',
    version: 1,
    statements,
    ...more,
  };
}

export const NOT_REACHABLE = {
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  impact_statement: 'Never called.',
};

/** That a finding's vulnerability is not reached in its package. */
export const saysOf = ({ ruleId, metadata: { purl } }: Finding): object =>
  says(ruleId, typeof purl === 'string' ? purl : '', NOT_REACHABLE);

/** One statement. */
export const says = (name: string, product: string, opinion: object): object => ({
  vulnerability: { name },
  products: [{ '@id': product }],
  ...opinion,
});

/** Bodies that are no documents, each with what the answer says of it. */
export const REFUSED_DOCUMENTS: readonly (readonly [
  name: string,
  payload: string | Buffer,
  detail: RegExp,
])[] = [
  ['nothing', '', /it is empty/],
  ['no JSON', '{', /not JSON/],
  ['no UTF-8', Buffer.from([0xff, 0xfe, 0x7b]), /not UTF-8/],
  ['a list', '[]', /top level is not an object/],
  ['another kind', '{"document":{}}', /neither/],
  ['brackets without end', '['.repeat(100_000), /more than 64 deep/],
  ['a million values', `[${'0,'.repeat(600_000)}0]`, /more than 500000 values/],
  ['no id', JSON.stringify(openvex([], { '@id': '' })), /"@id" is not the id/],
  ['no statements', JSON.stringify(openvex([], { statements: {} })), /"statements" is not a list/],
  [
    'a status of its own',
    JSON.stringify(openvex([says('CVE-2026-1', 'pkg:npm/a', { status: 'fine' })])),
    /"statements\[0\]\.status" is not one of OpenVEX/,
  ],
  [
    'a justification of its own',
    JSON.stringify(
      openvex([says('C', 'pkg:npm/a', { ...NOT_REACHABLE, justification: 'constructor' })]),
    ),
    /"statements\[0\]\.justification"/,
  ],
  [
    'a vulnerability without a name',
    JSON.stringify(openvex([says('', 'pkg:npm/a', NOT_REACHABLE)])),
    /"statements\[0\]\.vulnerability\.name"/,
  ],
  [
    'a time that is none',
    JSON.stringify(openvex([], { timestamp: '2026-02-31T25:00:00Z' })),
    /"timestamp" is not a time/,
  ],
  [
    'too many statements',
    JSON.stringify(openvex(Array<object>(10_001).fill({}))),
    /a list of at most 10000/,
  ],
  [
    'CycloneDX without vulnerabilities',
    '{"bomFormat":"CycloneDX","specVersion":"1.6"}',
    /"vulnerabilities" is not a list/,
  ],
  [
    'CycloneDX with a state of its own',
    '{"bomFormat":"CycloneDX","vulnerabilities":[{"id":"A","analysis":{"state":"__proto__"}}]}',
    /"vulnerabilities\[0\]\.analysis\.state"/,
  ],
];
