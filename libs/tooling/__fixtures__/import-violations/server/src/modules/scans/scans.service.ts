import '../../platform/queue';
import 'node:fs';
import '../../../../cli/src/main';
