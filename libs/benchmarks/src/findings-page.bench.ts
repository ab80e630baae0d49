import 'reflect-metadata';
import type { MadeScan } from './made-scan';
import { serveScans, timeRequests } from './served-scans';

/*
 * The first page of a large scan's findings over HTTP.
 * npm run bench -- findings-page [findings] [requests]
 */

const [findings = 100_000, requests = 300] = process.argv.slice(2).map(Number);
const WARM_UP = 50;
const SCAN: MadeScan = { id: '00000000-0000-4000-8000-000000000001', project: 'bench', findings };

async function run(): Promise<void> {
  const server = await serveScans((writer) => writer.write(SCAN));
  try {
    const url = `${server.url}/api/v1/scans/${SCAN.id}/findings`;
    await timeRequests(url, WARM_UP);
    const timing = await timeRequests(url, requests);
    const figures = { bench: 'findings-page', findings, requests, ...timing };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    await server.close();
  }
}

void run();
