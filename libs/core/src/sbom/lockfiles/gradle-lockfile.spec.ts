import { describeLockfileReader, fixture } from './lockfile-reader.contract';
import { gradleBuildscriptLockReader, gradleLockReader } from './gradle-lockfile';

const A = 'a'.repeat(64);
const B = 'b'.repeat(128);

const VERIFICATION = `<?xml version="1.0" encoding="UTF-8"?>
<verification-metadata xmlns="https://schema.gradle.org/dependency-verification">
  <configuration><verify-metadata>true</verify-metadata></configuration>
  <components>
    <component group="com.example" name="core" version="1.2.3">
      <artifact name="core-1.2.3.jar"><sha256 value="${A}" origin="Generated"/></artifact>
      <artifact name="core-1.2.3.pom"><sha256 value="${A}"/></artifact>
    </component>
    <component group="com.example" name="native" version="2.0">
      <artifact name="native-2.0-linux.jar"><sha256 value="${A}"/></artifact>
      <artifact name="native-2.0-windows.jar"><sha512 value="${B}"/></artifact>
    </component>
  </components>
</verification-metadata>
`;

const lockOf = (names: readonly string[]): string =>
  names.map((name) => `g:${name}:1.0.0=runtimeClasspath\n`).join('');
const hostile = ['a:', 'a', '#', 'g:n:1=', ':', '=', ' '];

describeLockfileReader('gradle', gradleLockReader, {
  paths: [
    'gradle.lockfile',
    'app/gradle.lockfile',
    'gradle/dependency-locks/runtimeClasspath.lockfile',
  ],
  otherPaths: [
    'buildscript-gradle.lockfile',
    'gradle/dependency-locks/buildscript-classpath.lockfile',
    'a.lockfile',
  ],
  samples: {
    corners: {
      ...fixture('gradle', 'gradle.lockfile'),
      siblings: { 'gradle/verification-metadata.xml': VERIFICATION },
    },
    alone: fixture('gradle', 'gradle.lockfile'),
  },
  lockOf,
  hostile,
});

describeLockfileReader('gradle-buildscript', gradleBuildscriptLockReader, {
  paths: [
    'buildscript-gradle.lockfile',
    'settings-gradle.lockfile',
    'gradle/dependency-locks/buildscript-classpath.lockfile',
  ],
  otherPaths: ['gradle.lockfile', 'gradle/dependency-locks/classpath.lockfile'],
  samples: { plugin: fixture('gradle-buildscript', 'buildscript-gradle.lockfile') },
  lockOf,
  hostile,
});
