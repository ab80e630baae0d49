import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import { storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

const PROJECT = 'github.com/ada/shop';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

function aVulnerability(id: string, purl: string): Finding {
  return aFinding({
    scanner: 'trivy',
    scanType: 'dependency',
    ruleId: id,
    title: `${purl} ${id}`,
    metadata: { advisories: [id], purl },
  });
}

const axios = aVulnerability('CVE-2020-28168', 'pkg:npm/axios@0.21.0');
const flask = aVulnerability('CVE-2023-30861', 'pkg:pypi/flask@2.0.0');

async function aScan(findings: readonly Finding[]): Promise<string> {
  const id = randomUUID();
  await storeScan(server.app, { id, project: PROJECT }, findings);
  return id;
}

const vex = (id: string, query = '') => server.app.inject(`/api/v1/scans/${id}/vex${query}`);

async function decide(finding: Finding, payload: object): Promise<void> {
  const url = `/api/v1/findings/${finding.fingerprint}/state`;
  const answer = await server.app.inject({ method: 'PATCH', url, payload });
  expect(answer.statusCode).toBe(200);
}

it('tells what was decided, the project before everywhere, as OpenVEX and as CycloneDX', async () => {
  const id = await aScan([axios, flask, aFinding()]);
  await decide(axios, { status: 'wont_fix' });
  const own = { status: 'false_positive', reason: 'code_not_reachable', project: PROJECT };
  await decide(axios, own);

  const openvex = await vex(id);
  expect(openvex.headers).toMatchObject({
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="securescan-${id.slice(0, 8)}.openvex.json"`,
    'x-left-out': '1',
  });
  expect(openvex.json()).toMatchObject({
    author: PROJECT,
    statements: [
      {
        vulnerability: { name: 'CVE-2020-28168' },
        status: 'not_affected',
        justification: 'vulnerable_code_not_in_execute_path',
      },
      { vulnerability: { name: 'CVE-2023-30861' }, status: 'under_investigation' },
    ],
  });
  const cyclonedx = await vex(id, '?format=cyclonedx');
  expect(cyclonedx.headers['content-type']).toMatch(/^application\/vnd\.cyclonedx\+json/u);
  expect(cyclonedx.json()).toMatchObject({
    vulnerabilities: [
      { analysis: { state: 'not_affected', justification: 'code_not_reachable' } },
      { analysis: { state: 'in_triage' } },
    ],
  });
  expect((await vex(id)).body).toBe(openvex.body);
});

it('has no OpenVEX document that says nothing, but an empty CycloneDX one', async () => {
  const id = await aScan([aFinding()]);
  const answer = await vex(id, '?format=openvex');
  expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([409, 'VEX_EMPTY']);
  expect((await vex(id, '?format=cyclonedx')).json()).toMatchObject({ vulnerabilities: [] });
});

it('refuses what is none of its formats, and scans that are not there', async () => {
  expect((await vex(await aScan([axios]), '?format=csaf')).statusCode).toBe(422);
  expect((await vex(randomUUID())).statusCode).toBe(404);
});
