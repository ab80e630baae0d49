import { serveScans } from './serve-scans';

serveScans();
