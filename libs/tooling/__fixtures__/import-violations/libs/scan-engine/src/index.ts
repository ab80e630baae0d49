import '../../host-node/src/index';
import 'node:path';
