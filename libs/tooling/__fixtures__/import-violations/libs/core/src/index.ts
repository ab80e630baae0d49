import '../../scan-engine/src/index';
import 'node:fs';
import 'commander';
