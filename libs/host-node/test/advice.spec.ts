import { adviceOn, type Finding } from '@securescan/core';
import { adviseFindings, ChatAdvisor, type AdviceCall } from '@securescan/scan-engine';
import {
  aFinding,
  chatCompletion,
  startChatServer,
  type ChatReply,
  type ChatRequest,
  type ChatServer,
} from '@securescan/testing';
import { NodeHttpClient } from '../src/http-client';

const KEY = 'sk-test-0123456789abcdef0123';

let chat: ChatServer | null = null;
afterEach(async () => {
  await chat?.close();
  chat = null;
});

interface Asked {
  readonly advised: readonly Finding[];
  readonly calls: readonly AdviceCall[];
  readonly requests: readonly ChatRequest[];
}

interface Manner {
  readonly calls?: number;
  readonly totalMs?: number;
  readonly monotonicMs?: () => number;
  readonly cancellation?: AbortController;
}

async function ask(
  findings: readonly Finding[],
  answer: (request: ChatRequest) => ChatReply | null,
  manner: Manner = {},
): Promise<Asked> {
  chat = await startChatServer(answer);
  const { baseUrl, requests } = chat;
  const calls: AdviceCall[] = [];
  const settings = { baseUrl: `${baseUrl}/`, model: 'small-1', apiKey: KEY };
  const advised = await adviseFindings(findings, new ChatAdvisor(settings, new NodeHttpClient()), {
    budget: { calls: manner.calls ?? 20, totalMs: manner.totalMs ?? 60_000 },
    signal: (manner.cancellation ?? new AbortController()).signal,
    onCall: (call) => calls.push(call),
    monotonicMs: manner.monotonicMs ?? (() => performance.now()),
  });
  return { advised, calls, requests };
}

/** Differ in what is asked about them. */
function defects(count: number): Finding[] {
  return Array.from({ length: count }, (_, index) =>
    aFinding({ title: `Defect ${index}`, filePath: `src/a${index}.ts` }),
  );
}

const answered = (): ChatReply => chatCompletion('Use a parameter.');

it('asks about what is active and critical or high, once for what is the same, and changes nothing else', async () => {
  const findings = [
    aFinding({ severity: 'critical', filePath: 'src/one.ts' }),
    aFinding({ severity: 'critical', filePath: 'src/two.ts' }),
    aFinding({ severity: 'high', filePath: 'src/three.ts', title: 'Other' }),
    aFinding({ severity: 'medium', filePath: 'src/four.ts' }),
    aFinding({ severity: 'high', title: 'Known', metadata: { suppressed_by: 'baseline' } }),
  ];
  const { advised, calls, requests } = await ask(findings, answered);
  expect(requests).toHaveLength(2);
  expect(calls.map(({ status, findings: many }) => [status, many])).toEqual([
    ['answered', 2],
    ['answered', 1],
  ]);
  const advice = { model: 'small-1', source: 'language_model', text: 'Use a parameter.' };
  expect(advised.map(({ metadata }) => metadata['ai_remediation'] ?? null)).toEqual([
    advice,
    advice,
    advice,
    null,
    null,
  ]);
  const others = advised.map((finding) => {
    const { ai_remediation: _, ...metadata } = finding.metadata;
    return { ...finding, metadata };
  });
  expect(others).toEqual(findings);
});

it('tells the model nothing that says whose code it is, and no secret', async () => {
  const token = `ghp_${'A1b2C3d4'.repeat(4)}Q9w8`;
  const finding = aFinding({
    filePath: 'clients/acme-bank/vault.py',
    title: `Token ${token} in source`,
    description: `The token ${token} is in the code.`,
    remediation: `Revoke ${token}.`,
    metadata: { snippet: { start_line: 3, lines: [`token = "${token}"`, 'connect(token)'] } },
  });
  const { requests, calls } = await ask([finding], answered);
  const [request] = requests;
  expect(request?.path).toBe('/v1/chat/completions');
  expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
  const body = request?.body ?? '';
  expect(body).not.toContain(token);
  expect(body).not.toMatch(/acme-bank|vault/u);
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
  expect(JSON.parse(messages[1]?.content ?? '')).toMatchObject({
    file_type: 'py',
    severity: 'high',
    code: expect.stringContaining('connect(token)'),
  });
  const sent = messages.map(({ content }) => Buffer.byteLength(content)).reduce((a, b) => a + b, 0);
  expect(calls[0]).toMatchObject({ sentBytes: sent, origin: chat?.baseUrl.replace('/v1', '') });
});

it('takes an answer for untrusted text', async () => {
  const secret = `AKIA${'QWERTYUI'.repeat(2)}`;
  const reply = chatCompletion(`\u001b[31mDo\r\nthis\u0000\u202e ${secret} ${'x'.repeat(9000)}`);
  const { advised } = await ask(defects(1), () => reply);
  const [finding] = advised;
  const text = finding === undefined ? '' : (adviceOn(finding)?.text ?? '');
  expect(text.startsWith('[31mDo\nthis ')).toBe(true);
  expect(text).not.toContain(secret);
  expect(text.length).toBeLessThanOrEqual(2000);
});

it.each<[string, ChatReply, string]>([
  ['an error', { status: 401, body: '{"error":"no"}' }, 'status 401'],
  ['a redirect', { status: 307, headers: { location: 'http://127.0.0.2/' }, body: '' }, '307'],
  ['a page', { body: '<html></html>' }, 'no JSON object'],
  ['no choice', { body: '{"choices":[]}' }, 'no text'],
  ['a number', { body: '{"choices":[{"message":{"content":7}}]}' }, 'no text'],
  ['a flood', { body: `{"choices":"${'x'.repeat(300_000)}"}` }, 'too long'],
  ['nothing', chatCompletion(' \u0007 '), 'empty'],
])('leaves findings as they are where the answer is %s', async (_, reply, reason) => {
  const findings = defects(1);
  const { advised, calls } = await ask(findings, () => reply);
  expect(advised).toEqual(findings);
  expect(calls).toEqual([
    expect.objectContaining({ status: 'failed', reason: expect.stringContaining(reason) }),
  ]);
});

it('makes no more calls than it may', async () => {
  const { requests, advised } = await ask(defects(9), answered, { calls: 4 });
  expect(requests).toHaveLength(4);
  expect(advised.filter((finding) => adviceOn(finding) !== null)).toHaveLength(4);
});

it('asks nobody any more once the time is up', async () => {
  let now = 0;
  const tick = (): ChatReply => {
    now += 400;
    return answered();
  };
  const manner = { totalMs: 1000, monotonicMs: () => now };
  const { requests } = await ask(defects(20), tick, manner);
  expect(requests.length).toBeGreaterThanOrEqual(3);
  expect(requests.length).toBeLessThanOrEqual(5);
});

it('gives up on who fails three times in a row', async () => {
  const { requests } = await ask(defects(20), () => ({ status: 500, body: '' }));
  expect(requests.length).toBeGreaterThanOrEqual(3);
  expect(requests.length).toBeLessThanOrEqual(4);
});

it('tells what was sent when it is cancelled', async () => {
  const cancellation = new AbortController();
  const calls: AdviceCall[] = [];
  chat = await startChatServer(() => {
    cancellation.abort(new Error('enough'));
    return null;
  });
  const settings = { baseUrl: chat.baseUrl, model: 'small-1', apiKey: null };
  const asking = adviseFindings(defects(1), new ChatAdvisor(settings, new NodeHttpClient()), {
    budget: { calls: 5, totalMs: 60_000 },
    signal: cancellation.signal,
    onCall: (call) => calls.push(call),
    monotonicMs: () => performance.now(),
  });
  await expect(asking).rejects.toThrow('enough');
  expect(calls).toEqual([expect.objectContaining({ reason: 'the scan was cancelled' })]);
  expect(chat.requests[0]?.headers.authorization).toBeUndefined();
});
