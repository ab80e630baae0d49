import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { mavenPomReader } from './maven-pom';

function pomOf(dependencies: string, before = ''): string {
  return `${before}<project>\n<artifactId>a</artifactId>\n<dependencies>\n${dependencies}</dependencies>\n</project>\n`;
}

function dependency(name: string, version = '1.0.0'): string {
  return `<dependency><groupId>g</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>\n`;
}

describeLockfileReader('maven', mavenPomReader, {
  paths: ['pom.xml', 'core/pom.xml'],
  otherPaths: ['effective-pom.xml', 'pom.xml.bak'],
  samples: { corners: fixture('maven', 'pom.xml') },
  lockOf: (names) => pomOf(names.map((name) => dependency(name)).join('')),
  hostile: ['<a>', '<', '&', '<project>', '<!--', '<![CDATA[', '&lt;', '<!DOCTYPE a [', '${', ' '],
});

describe('the reader of pom.xml', () => {
  const none = (): null => null;

  it('expands no entity', () => {
    const before = '<!DOCTYPE project [<!ENTITY v "1.0">]>\n';
    expect(mavenPomReader.read(pomOf(dependency('a', '&v;'), before), none)).toBeNull();
    expect(mavenPomReader.read(pomOf(dependency('a'), before), none)?.packages).toHaveLength(1);
  });

  it('multiplies no value that stands in others', () => {
    const values = Array.from({ length: 18 }, (_item, index) => {
      const inner = index === 0 ? 'x' : `\${p${String(index - 1)}}`.repeat(10);
      return `<p${String(index)}>${inner}</p${String(index)}>`;
    });
    const text = `<project><artifactId>a</artifactId><properties>${values.join('')}</properties><dependencies>${dependency('a', '${p17}')}${dependency('b', '${p1}')}</dependencies></project>`;
    const lockfile = mavenPomReader.read(text, none);
    expect(lockfile?.packages.map(({ version }) => version)).toEqual([null, 'x'.repeat(10)]);
  });

  it('takes other documents for no pom.xml', () => {
    expect(mavenPomReader.read('<configuration/>', none)).toBeNull();
    expect(mavenPomReader.read('', none)).toBeNull();
  });
});
