import { DEFAULT_SCAN_TYPES } from '@securescan/contracts';
import type { ScanType } from '@securescan/contracts';

/** What the names of files say about a project. */
export interface Detection {
  /** What was recognised, for people, in a fixed order. */
  readonly kinds: readonly string[];
  /** The types that fit; all that read a tree where nothing was recognised. */
  readonly scanTypes: readonly ScanType[];
}

interface Kind {
  readonly name: string;
  readonly scanTypes: readonly ScanType[];
  readonly matches: (path: string) => boolean;
}

const PACKAGES: readonly ScanType[] = ['code', 'dependency'];
const INFRASTRUCTURE: readonly ScanType[] = ['iac'];

const KINDS: readonly Kind[] = [
  {
    name: 'Python',
    scanTypes: PACKAGES,
    matches: isNamed('pyproject.toml', 'requirements.txt', 'Pipfile', 'setup.py', 'setup.cfg'),
  },
  {
    name: 'JavaScript or TypeScript',
    scanTypes: PACKAGES,
    matches: isNamed('package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'),
  },
  { name: 'Rust', scanTypes: PACKAGES, matches: isNamed('Cargo.toml', 'Cargo.lock') },
  { name: 'Go', scanTypes: PACKAGES, matches: isNamed('go.mod', 'go.sum') },
  {
    name: 'container images',
    scanTypes: INFRASTRUCTURE,
    matches: fits(/^(?:Dockerfile|Containerfile|Dockerfile\.[^/]+|[^/]+\.Dockerfile)$/u),
  },
  {
    name: 'Terraform',
    scanTypes: INFRASTRUCTURE,
    matches: fits(/^(?:(?:terraform|infra|infrastructure)\/(?:.*\/)?)?[^/]+\.tf$/u),
  },
  {
    name: 'Kubernetes',
    scanTypes: INFRASTRUCTURE,
    matches: fits(/^(?:k8s|kubernetes|manifests)\/(?:.*\/)?[^/]+\.ya?ml$/u),
  },
  {
    name: 'Helm',
    scanTypes: INFRASTRUCTURE,
    matches: fits(/^(?:charts\/(?:.*\/)?)?Chart\.yaml$/u),
  },
];

/** The directories below the root whose files tell something. */
export const TELLING_DIRECTORIES = [
  'terraform',
  'infra',
  'infrastructure',
  'k8s',
  'kubernetes',
  'manifests',
  'charts',
] as const;

/** Judges a project by the names of its files: those at the root, and those below the telling directories, as POSIX paths. */
export function detectProject(paths: readonly string[]): Detection {
  const found = KINDS.filter(({ matches }) => paths.some(matches));
  const types = found.flatMap(({ scanTypes }) => scanTypes);
  return {
    kinds: found.map(({ name }) => name),
    scanTypes:
      types.length === 0
        ? DEFAULT_SCAN_TYPES
        : DEFAULT_SCAN_TYPES.filter((type) => types.includes(type)),
  };
}

function isNamed(...names: readonly string[]): (path: string) => boolean {
  return (path) => names.includes(path);
}

function fits(pattern: RegExp): (path: string) => boolean {
  return (path) => pattern.test(path);
}
