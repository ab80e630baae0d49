import { describeLockfileReader, fixture } from '../lockfile-reader.contract';
import { pipfileLockReader } from './pipfile-lock';

describeLockfileReader('pipfile', pipfileLockReader, {
  paths: ['Pipfile.lock', 'a/Pipfile.lock'],
  otherPaths: ['Pipfile', 'pipfile.lock'],
  samples: {
    corners: fixture('pipfile', 'Pipfile.lock'),
    alone: { text: fixture('pipfile', 'Pipfile.lock').text },
  },
  // Written by hand, as an object cannot repeat a name.
  lockOf: (names) =>
    `{"_meta":{},"default":{${names.map((name) => `"${name}":{"version":"==1.0.0"}`).join(',\n')}}}`,
  hostile: ['{"default":', '[', '"', '{', '{"_meta":{}},'],
});
