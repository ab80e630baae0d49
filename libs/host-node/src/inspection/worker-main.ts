import { SCANNERS } from '@securescan/scan-engine';
import { serveInspection } from './serve-inspection';

serveInspection(SCANNERS.filter((scanner) => scanner.kind === 'file'));
