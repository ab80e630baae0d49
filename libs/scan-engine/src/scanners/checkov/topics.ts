import type { Severity } from '@securescan/contracts';

/** What we know of checks that are about one thing. */
interface Topic {
  readonly cwe: string | null;
  readonly remediation: string;
  /** Where it is clearly not medium. */
  readonly severity?: Severity;
}

interface TopicRule extends Topic {
  readonly ids?: readonly string[];
  /** For the many checks that say the same of one kind of resource after the other. */
  readonly names?: RegExp;
}

const OPEN_TO_ALL =
  'Name the networks, accounts or services that need access in place of everyone, and let the rest reach the resource through a private network.';
const LEAST_PRIVILEGE =
  'Take the right away, and give back only what the workload proves to need, to it alone.';
const LEAST_ACTIONS =
  'List the actions and resources that the role needs in place of the wildcard, and keep administration to roles that people take on for a while.';
const ENCRYPTED_TRANSIT =
  'Accept and open encrypted connections only, and redirect or refuse the others.';
const VERIFY_CERTIFICATES =
  'Take the option out, and install the certificate authority that is missing in the image where there is one.';
const SIGNED_PACKAGES = 'Take the option out and import the key that the packages are signed with.';
const PINNED_SOURCE =
  'Name the version that you tested, best by its digest or commit, and let a bot propose updates.';
const TRUSTED_COMMANDS =
  'Pass the value through an environment variable and quote it in the script, so that it is data wherever it came from.';
const HOUSEKEEPING =
  'Set what the policy asks for, or mute the check here with the reason why it does not matter.';

/** The first that fits counts. */
const TOPICS: readonly TopicRule[] = [
  {
    cwe: 'CWE-798',
    severity: 'high',
    remediation:
      'Replace the secret, since everyone with the code has it, and let the platform hand over the new one from its secret store.',
    ids: ['CKV_AWS_41', 'CKV_AWS_45', 'CKV_AWS_46', 'CKV_AWS_384', 'CKV_AZURE_45'],
    names: /\bno hard.?coded\b/iu,
  },
  {
    cwe: 'CWE-284',
    severity: 'high',
    remediation: OPEN_TO_ALL,
    ids: [
      ...['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_100', 'CKV_AWS_231', 'CKV_AWS_232', 'CKV_AWS_277'],
      ...['CKV_AZURE_9', 'CKV_AZURE_10', 'CKV_AZURE_11', 'CKV_GCP_2', 'CKV_GCP_3', 'CKV_GCP_11'],
      ...['CKV2_GCP_12', 'CKV_ALI_2', 'CKV_ALI_3'],
    ],
  },
  {
    cwe: 'CWE-732',
    severity: 'high',
    remediation: OPEN_TO_ALL,
    ids: ['CKV_AWS_20', 'CKV_AWS_57', 'CKV_AWS_70', 'CKV_GCP_28', 'CKV_GCP_15', 'CKV_ALI_1'],
  },
  {
    cwe: 'CWE-284',
    severity: 'high',
    remediation: OPEN_TO_ALL,
    ids: ['CKV_AWS_17', 'CKV_AWS_87', 'CKV_AWS_102', 'CKV_AWS_302', 'CKV_ALI_9', 'CKV_AZURE_34'],
  },
  {
    cwe: 'CWE-250',
    severity: 'high',
    remediation: LEAST_PRIVILEGE,
    ids: ['CKV_K8S_2', 'CKV_K8S_16', 'CKV_K8S_27', 'CKV_K8S_39', 'CKV_DOCKER_8'],
  },
  {
    cwe: 'CWE-250',
    remediation: LEAST_PRIVILEGE,
    ids: [
      ...['CKV_DOCKER_3', 'CKV2_DOCKER_1', 'CKV_ARGO_2', 'CKV2_GHA_1'],
      ...['CKV_K8S_5', 'CKV_K8S_6', 'CKV_K8S_7', 'CKV_K8S_20', 'CKV_K8S_23', 'CKV_K8S_24'],
      ...['CKV_K8S_25', 'CKV_K8S_28', 'CKV_K8S_36', 'CKV_K8S_37', 'CKV_K8S_40'],
    ],
  },
  {
    cwe: 'CWE-668',
    remediation: LEAST_PRIVILEGE,
    ids: ['CKV_K8S_1', 'CKV_K8S_3', 'CKV_K8S_4', 'CKV_K8S_17', 'CKV_K8S_18', 'CKV_K8S_19'],
  },
  {
    cwe: 'CWE-668',
    remediation: 'Leave the service and its EXPOSE out, and administer containers from outside.',
    severity: 'high',
    ids: ['CKV_DOCKER_1'],
  },
  {
    cwe: 'CWE-269',
    severity: 'high',
    remediation: LEAST_ACTIONS,
    ids: [
      ...['CKV_AWS_1', 'CKV_AWS_49', 'CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_110', 'CKV_AWS_274'],
      ...['CKV_AWS_275', 'CKV_AWS_286', 'CKV2_AWS_40'],
    ],
  },
  {
    cwe: 'CWE-269',
    remediation: LEAST_ACTIONS,
    ids: [
      ...['CKV_AWS_60', 'CKV_AWS_61', 'CKV_AWS_107', 'CKV_AWS_108', 'CKV_AWS_109', 'CKV_AWS_111'],
      ...['CKV_AWS_283', 'CKV_AWS_287', 'CKV_AWS_288', 'CKV_AWS_289', 'CKV_AWS_290'],
      ...['CKV_AWS_355', 'CKV_AWS_356', 'CKV_K8S_49', 'CKV2_K8S_1', 'CKV2_K8S_2', 'CKV2_K8S_5'],
    ],
  },
  {
    cwe: 'CWE-78',
    severity: 'high',
    remediation: TRUSTED_COMMANDS,
    ids: ['CKV_GHA_2', 'CKV_CIRCLECIPIPELINES_6'],
  },
  { cwe: 'CWE-77', remediation: TRUSTED_COMMANDS, ids: ['CKV_GHA_1'] },
  {
    cwe: 'CWE-347',
    severity: 'high',
    remediation: SIGNED_PACKAGES,
    ids: ['CKV2_DOCKER_7', 'CKV2_DOCKER_8', 'CKV2_DOCKER_9', 'CKV2_DOCKER_10', 'CKV2_DOCKER_11'],
    names: /\bpackages with untrusted or missing\b/iu,
  },
  {
    cwe: 'CWE-295',
    severity: 'high',
    remediation: VERIFY_CERTIFICATES,
    ids: ['CKV2_DOCKER_15'],
    names: /\b(?:certificate|SSL) validation isn't disabled\b/iu,
  },
  {
    cwe: 'CWE-522',
    severity: 'high',
    remediation:
      'Let nobody log in with a password: leave the account locked, or create the password outside of the image.',
    ids: ['CKV2_DOCKER_17'],
  },
  {
    cwe: 'CWE-494',
    remediation:
      'Copy files of your own with COPY. What has to be fetched needs a digest to be compared with.',
    ids: ['CKV_DOCKER_4'],
  },
  {
    cwe: 'CWE-1357',
    remediation: PINNED_SOURCE,
    ids: ['CKV_DOCKER_7', 'CKV_K8S_14', 'CKV_TF_1', 'CKV_TF_2', 'CKV_CIRCLECIPIPELINES_3'],
    names: /\b(?:non latest version tag|uses a version digest|unversioned volatile)\b/iu,
  },
  {
    cwe: 'CWE-306',
    remediation:
      'Say how callers prove who they are, for the API as a whole, and take out what is meant to be open operation by operation.',
    ids: ['CKV_OPENAPI_1', 'CKV_OPENAPI_4', 'CKV_OPENAPI_5'],
  },
  {
    cwe: 'CWE-770',
    severity: 'low',
    remediation: 'Set the limit, so that one workload or request cannot take everything.',
    ids: ['CKV_K8S_11', 'CKV_K8S_13', 'CKV_OPENAPI_21'],
  },
  {
    cwe: null,
    severity: 'low',
    remediation: HOUSEKEEPING,
    ids: [
      ...['CKV_DOCKER_2', 'CKV_DOCKER_5', 'CKV_DOCKER_6', 'CKV_DOCKER_9', 'CKV_DOCKER_10'],
      ...['CKV_DOCKER_11', 'CKV_K8S_8', 'CKV_K8S_9', 'CKV_K8S_10', 'CKV_K8S_12', 'CKV_K8S_15'],
      ...['CKV_K8S_21', 'CKV_K8S_43', 'CKV_AZURE_43', 'CKV_GCP_21', 'CKV_GITLABCI_2'],
    ],
  },
  {
    cwe: 'CWE-326',
    remediation: 'Allow TLS 1.2 and newer only, with the cipher suites that the platform advises.',
    names: /\bTLS v?1\.\d|\blatest (?:version of )?TLS\b|\b(?:TLS policy|weak cipher)/iu,
  },
  {
    cwe: 'CWE-319',
    remediation: ENCRYPTED_TRANSIT,
    ids: ['CKV_AZURE_3', 'CKV_OPENAPI_3', 'CKV_OPENAPI_7', 'CKV_OPENAPI_20'],
    names:
      /\b(?:HTTPS(?! Target group)|(?:uses?|using|enforces?|require\w*|have|enabled?) (?:TLS|SSL)|(?:in|at)[ -]transit|SSL connection|node-to-node encryption)\b/u,
  },
  {
    cwe: 'CWE-311',
    remediation:
      'Switch encryption at rest on, with a key of your own where you have to answer for the data.',
    names:
      /\bencrypted(?! (?:using|with|by) )|\bencryption (?:is|at rest|enabled)\b|\bhas (?:server-side-encryption|Secrets Encryption)\b/iu,
  },
  {
    cwe: 'CWE-284',
    remediation: OPEN_TO_ALL,
    names:
      /\bpublicly (?:accessible|available)|\bpublic (?:network )?access|\bpublic (?:ACLs|policy|IP|endpoint)\b|\b(?:not|n't|without) (?:be |have )?(?:a )?public\b|\bingress from 0\.0\.0\.0|\bopen to the world\b/iu,
  },
  {
    cwe: 'CWE-778',
    remediation:
      'Switch the log on, send it where the workload cannot change it, and keep it for as long as you may have to look back.',
    names:
      /\b(?:logging|(?:access|audit|flow|scheduler|worker|webserver|extended audit) logs?)\b/iu,
  },
];

const OTHERS: Topic = {
  cwe: null,
  remediation: 'Change the resource so that the policy holds.',
};

const BY_ID: ReadonlyMap<string, Topic> = new Map(
  TOPICS.flatMap((topic) => (topic.ids ?? []).map((id) => [id, topic] as const)),
);

/** What a check is about, told by its id, else by its name. */
export function topicOf(checkId: string, checkName: string): Topic {
  return BY_ID.get(checkId) ?? TOPICS.find(({ names }) => names?.test(checkName)) ?? OTHERS;
}
