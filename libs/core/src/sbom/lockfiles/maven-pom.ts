import type { LockedPackage, LockfileReader } from '../locked-package';
import { LockGraph, type LockNode } from './lock-graph';
import { plainText } from './lock-text';
import { PomProperties } from './pom-properties';
import { childOf, childrenOf, readXml, textOfChild, type XmlElement } from './xml-tree';

/** `[1.0]` allows one version alone; every other range leaves a choice. */
const ONLY_ONE = /^\[([^\s,[\]()]{1,200})\]$/u;
const NOT_PINNED = /[[\](),\s]|^(?:LATEST|RELEASE)$/u;

/** `pom.xml`: https://maven.apache.org/pom.html. No lock file: it names what the project needs itself and nothing beyond. */
export const mavenPomReader: LockfileReader = {
  tool: 'maven',
  reads: (path) => /(?:^|\/)pom\.xml$/u.test(path),
  siblings: [],
  read: (text) => {
    const plain = plainText(text);
    const project = plain === null ? null : readXml(plain);
    if (project?.name !== 'project') return null;
    const graph = new LockGraph();
    const pom = new Pom(project, graph);
    const direct = pom.addAll();
    graph.notes.state(
      'pom.xml names what the project needs itself, and nothing that is needed by that',
    );
    return graph.lockfile(
      { projectName: pom.name, projectVersion: pom.version },
      { direct: { required: direct, optional: [], dev: [] }, tellsNeeds: false },
    );
  },
};

interface Dependency {
  readonly groupId: string;
  readonly artifactId: string;
  readonly type: string;
  readonly classifier: string;
  readonly version: string | null;
  readonly scope: string | null;
  readonly isOptional: boolean;
}

type Managed = ReadonlyMap<string, Pick<Dependency, 'version' | 'scope'>>;

class Pom {
  private readonly properties: PomProperties;

  constructor(
    private readonly project: XmlElement,
    private readonly graph: LockGraph,
  ) {
    this.properties = new PomProperties(project);
  }

  get name(): string | null {
    const group = this.properties.resolve('${project.groupId}');
    const artifact = this.properties.resolve('${project.artifactId}');
    return artifact === null || group === null ? artifact : `${group}:${artifact}`;
  }

  get version(): string | null {
    return this.properties.resolve('${project.version}');
  }

  addAll(): LockNode[] {
    const managed = this.managed();
    const ofProject = this.dependenciesIn(this.project).map((dependency) =>
      this.add(dependency, managed, false),
    );
    const ofProfiles = childrenOf(childOf(this.project, 'profiles'), 'profile')
      .flatMap((profile) => this.dependenciesIn(profile))
      .map((dependency) => this.add(dependency, managed, true));
    return [...ofProject, ...ofProfiles].filter((node) => node !== null);
  }

  /** What the file says of dependencies wherever they are needed; the first of two that say the same counts. */
  private managed(): Managed {
    const managed = new Map<string, Pick<Dependency, 'version' | 'scope'>>();
    for (const dependency of this.dependenciesIn(childOf(this.project, 'dependencyManagement'))) {
      if (dependency.scope === 'import') {
        this.graph.notes.said(
          'list',
          'of managed versions imported from elsewhere, which is not followed',
          `${dependency.groupId}:${dependency.artifactId}`,
        );
      }
      const id = idOf(dependency);
      if (!managed.has(id)) managed.set(id, dependency);
    }
    return managed;
  }

  private dependenciesIn(element: XmlElement | null): Dependency[] {
    return childrenOf(childOf(element, 'dependencies'), 'dependency').flatMap((child) => {
      const [groupId, artifactId] = [this.value(child, 'groupId'), this.value(child, 'artifactId')];
      if (groupId === null || artifactId === null) {
        const stated = textOfChild(child, 'artifactId');
        this.graph.notes.said('dependency', 'whose name stands in another file left out', stated);
        return [];
      }
      return [
        {
          groupId,
          artifactId,
          type: this.value(child, 'type') ?? 'jar',
          classifier: this.value(child, 'classifier') ?? '',
          version: this.value(child, 'version'),
          scope: this.value(child, 'scope'),
          isOptional: this.value(child, 'optional') === 'true',
        },
      ];
    });
  }

  private value(element: XmlElement, name: string): string | null {
    const stated = textOfChild(element, name);
    return stated === null ? null : this.properties.resolve(stated);
  }

  private add(dependency: Dependency, managed: Managed, isOfProfile: boolean): LockNode | null {
    const { groupId, artifactId, type, classifier, isOptional } = dependency;
    const known = managed.get(idOf(dependency));
    const version = onlyVersion(dependency.version ?? known?.version ?? '');
    if (version === null) {
      const clause = 'whose version stands in another file or is a range';
      this.graph.notes.said('dependency', clause, `${groupId}:${artifactId}`);
    }
    return this.graph.add({
      type: 'maven',
      namespace: groupId,
      name: artifactId,
      version,
      qualifiers: qualifiersOf(type, classifier),
      scope: scopeOf(dependency.scope ?? known?.scope ?? 'compile', isOptional || isOfProfile),
    });
  }
}

/** `null` where a range, or nothing, leaves a choice. */
function onlyVersion(stated: string): string | null {
  const version = ONLY_ONE.exec(stated)?.[1] ?? stated;
  return version === '' || NOT_PINNED.test(version) ? null : version;
}

function qualifiersOf(type: string, classifier: string): Readonly<Record<string, string>> {
  return { ...(type === 'jar' ? {} : { type }), ...(classifier === '' ? {} : { classifier }) };
}

function idOf({ groupId, artifactId, type, classifier }: Dependency): string {
  return `${groupId}:${artifactId}:${type}:${classifier}`;
}

/** What is `provided` is in its place already where the project runs, and not part of what is delivered. */
function scopeOf(scope: string, isOptional: boolean): LockedPackage['scope'] {
  if (scope === 'test') return 'dev';
  return isOptional || scope === 'provided' ? 'optional' : 'required';
}
