import { join } from 'node:path';
import { renderBaseline, readSnapshot } from '@securescan/core';
import type { FindingWithStateBody, ScanBody } from '@securescan/contracts';
import { createScan, endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.close();
});

const DOCKERFILE = 'FROM ubuntu:latest\nUSER root\nADD http://example.com/tool.sh /tool.sh\n';

async function treeOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const root = join(server.root, name);
  await writeTree(root, { Dockerfile: DOCKERFILE, ...files });
  return root;
}

async function scanned(
  root: string,
): Promise<{ scan: ScanBody; findings: readonly FindingWithStateBody[] }> {
  const scan = await endOfScan(server, (await createScan(server, root)).id);
  const answer = await server.app.inject(`/api/v1/scans/${scan.id}/findings`);
  return { scan, findings: answer.json<FindingWithStateBody[]>() };
}

describe('what a project decided', () => {
  it('names the project and gives a rule another severity', async () => {
    const root = await treeOf('overrides', {
      '.securescan.yml': 'project: shop\nseverity_overrides: {dockerfile/DL002: info}\n',
    });
    const { scan, findings } = await scanned(root);
    expect(scan).toMatchObject({ status: 'completed', project: 'shop' });
    expect(findings.find(({ rule_id }) => rule_id === 'dockerfile/DL002')).toMatchObject({
      severity: 'info',
      metadata: { original_severity: 'high' },
    });
  });

  it('suppresses what its baseline holds', async () => {
    const before = await scanned(await treeOf('plain', {}));
    const { findings: known } = readSnapshot(JSON.stringify(before.findings), 'known.json');
    const root = await treeOf('known', {
      '.securescan.yml': 'baseline: known.json\n',
      'known.json': renderBaseline({
        generatedBy: 'securescan',
        targetPath: '.',
        scanTypes: ['iac'],
        outcomes: [],
        findings: known,
      }),
    });
    const { scan, findings } = await scanned(root);
    expect(before.scan.findings_count).toBeGreaterThan(0);
    expect(scan).toMatchObject({
      status: 'completed',
      findings_count: 0,
      suppressed_count: before.scan.findings_count,
      risk_score: 0,
    });
    expect(new Set(findings.map(({ metadata }) => metadata['suppressed_by']))).toEqual(
      new Set(['baseline']),
    );
  });

  it('chooses the types of an order that names none', async () => {
    const root = await treeOf('types', { '.securescan.yml': 'scan_types: [iac]\n' });
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans',
      payload: { target_path: root },
    });
    expect(answer.json<ScanBody>().scan_types).toEqual(['iac']);
    await endOfScan(server, answer.json<ScanBody>().id);
  });

  it('is told when it cannot be read, and nothing is scanned', async () => {
    const root = await treeOf('broken', { '.securescan.yml': 'scan_types: [iac]\nignored: []\n' });
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans',
      payload: { target_path: root },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'CONFIG_INVALID',
      detail: expect.stringContaining('.securescan.yml:2:1') as string,
    });
  });

  it('fails the scan where its baseline is missing', async () => {
    const root = await treeOf('missing', { '.securescan.yml': 'baseline: known.json\n' });
    const scan = await endOfScan(server, (await createScan(server, root)).id);
    expect(scan).toMatchObject({
      status: 'failed',
      error: 'known.json is not there; check the path.',
    });
  });
});
