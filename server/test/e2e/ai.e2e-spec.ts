import { join } from 'node:path';
import type { AuditEntryBody, FindingWithStateBody, ScanBody } from '@securescan/contracts';
import { chatCompletion, startChatServer, type ChatServer } from '@securescan/testing';
import { loadConfig } from '../../src/config/config-loader';
import { endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

let chat: ChatServer;
let server: TestServer;

beforeAll(async () => {
  chat = await startChatServer(() => chatCompletion('Name a user that may do little.'));
  const environment = {
    SECURESCAN_AI_BASE_URL: chat.baseUrl,
    SECURESCAN_AI_MODEL: 'small-1',
    SECURESCAN_AI_API_KEY: 'a-key-of-the-operator',
  };
  server = await startTestServer({ environment });
  await writeTree(join(server.root, 'shop'), {
    Dockerfile: 'FROM alpine:3.20\nUSER root\n',
    '.securescan.yml': 'ai: true\n',
  });
});

afterAll(async () => {
  await server.close();
  await chat.close();
});

async function scan(more: object): Promise<ScanBody> {
  const payload = { target_path: join(server.root, 'shop'), scanners: ['dockerfile'], ...more };
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/scans', payload });
  return endOfScan(server, answer.json<ScanBody>().id);
}

it("asks nobody because a tree's configuration says so", async () => {
  const { ai, status } = await scan({});
  expect({ ai, status }).toEqual({ ai: false, status: 'completed' });
  expect(chat.requests).toEqual([]);
});

it('asks where whoever starts the scan says so, marks what comes back, and audits each call', async () => {
  const { id, ai, status } = await scan({ ai: true });
  expect({ ai, status }).toEqual({ ai: true, status: 'completed' });
  expect(chat.requests).toHaveLength(1);
  const findings = await server.app.inject(`/api/v1/scans/${id}/findings?severity=high`);
  expect(findings.json<FindingWithStateBody[]>()).toEqual([
    expect.objectContaining({
      rule_id: 'dockerfile/DL002',
      remediation: expect.not.stringContaining('may do little'),
      metadata: expect.objectContaining({
        ai_remediation: {
          model: 'small-1',
          source: 'language_model',
          text: 'Name a user that may do little.',
        },
      }),
    }),
  ]);
  const html = (await server.app.inject(`/api/v1/scans/${id}/report?format=html`)).body;
  expect(html).toContain('Unchecked advice of the language model small-1.');
  const [entry] = (await server.app.inject('/api/v1/audit?action=ai.asked')).json<
    AuditEntryBody[]
  >();
  expect(entry).toMatchObject({
    actor: 'server',
    subject_id: id,
    details: {
      model: 'small-1',
      origin: chat.baseUrl.replace('/v1', ''),
      rule_id: 'dockerfile/DL002',
      status: 'answered',
    },
  });
  expect(JSON.stringify(entry) + server.logged()).not.toContain('a-key-of-the-operator');
});

it('refuses to ask where no model is named, and to start where only half is', async () => {
  const other = await startTestServer();
  try {
    await writeTree(join(other.root, 'shop'), { Dockerfile: 'FROM alpine:3.20\n' });
    const payload = { target_path: join(other.root, 'shop'), ai: true };
    const answer = await other.app.inject({ method: 'POST', url: '/api/v1/scans', payload });
    expect([answer.statusCode, answer.body]).toEqual([
      422,
      expect.stringContaining('SECURESCAN_AI_BASE_URL'),
    ]);
  } finally {
    await other.close();
  }
  const half = { SECURESCAN_AI_BASE_URL: 'https://models.example.com/v1' };
  expect(() => loadConfig(half)).toThrow('SECURESCAN_AI_MODEL must name the model');
  const named = { SECURESCAN_AI_BASE_URL: 'https://me:key@models.example.com/v1' };
  expect(() => loadConfig({ ...named, SECURESCAN_AI_MODEL: 'm' })).toThrow('without a user name');
});
