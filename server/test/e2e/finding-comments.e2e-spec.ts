import type {
  AuditEntryBody,
  ErrorBody,
  FindingCommentBody,
  FindingVerdictsBody,
  Scope,
  VerdictChangeBody,
} from '@securescan/contracts';
import { madeFindings, storeScan } from '../support/made-findings';
import { type Call, type GuardedServer, startGuardedServer } from './auth-server';
import { startTestServer } from './test-server';

const SCAN = '00000000-0000-4000-8000-00000000000a';
const findings = madeFindings(3);
const [FIRST = '', SECOND = ''] = findings.map(({ fingerprint }) => fingerprint);

let server: GuardedServer;

beforeEach(async () => {
  server = await startGuardedServer();
  await storeScan(server.app, { id: SCAN, project: 'shop' }, findings);
});

afterEach(() => server.close());

const urlOf = (fingerprint: string, id = '') =>
  `/api/v1/findings/${fingerprint}/comments${id === '' ? '' : `/${id}`}`;

async function holderOf(...scopes: Scope[]) {
  const { key } = await server.makeKey(scopes);
  return (url: string, call: Call = {}) =>
    server.call(url, { ...call, headers: { 'x-api-key': key } });
}

const say = (fingerprint: string, payload: object) =>
  server.asOwner(urlOf(fingerprint), { method: 'POST', payload });
const comments = async (query = '') =>
  (await server.asOwner(`${urlOf(FIRST)}${query}`)).json<FindingCommentBody[]>();

it('are listed oldest first, each with its author', async () => {
  const writer = await holderOf('read', 'write');
  const made = await writer(urlOf(FIRST), {
    method: 'POST',
    payload: { text: 'Is this\nreachable?', author: 'the director' },
  });

  const first = {
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    fingerprint: FIRST,
    project: null,
    text: 'Is this\nreachable?',
    author: 'a key for read and write',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as string,
  };
  expect([made.statusCode, made.json()]).toEqual([201, first]);
  await say(FIRST, { text: 'In the shop it is', project: 'shop' });
  await say(FIRST, { text: 'Here it is not', project: 'other' });
  await say(SECOND, { text: 'Something else' });

  expect(await comments()).toMatchObject([first, { project: 'shop' }, { project: 'other' }]);
  expect(await comments('?project=shop')).toMatchObject([first, { project: 'shop' }]);
  const page = await server.asOwner(`${urlOf(FIRST)}?limit=2`);
  expect(page.headers['x-total-count']).toBe('3');
  const next = /<(.+)>; rel="next"/.exec(String(page.headers['link']))?.[1] ?? '';
  expect((await server.asOwner(next)).json()).toMatchObject([{ text: 'Here it is not' }]);
  const wrong = await server.asOwner(next.replace('limit=2', 'limit=2&project=shop'));
  expect(wrong.json<ErrorBody>().code).toBe('CURSOR_INVALID');
});

it('make a finding new once, where nobody has decided', async () => {
  await say(FIRST, { text: 'one', project: 'shop' });
  await say(FIRST, { text: 'two' });
  await server.asOwner(`/api/v1/findings/${SECOND}/state`, {
    method: 'PATCH',
    payload: { status: 'triaged' },
  });
  await say(SECOND, { text: 'three' });

  const history = async (fingerprint: string) =>
    (await server.asOwner(`/api/v1/findings/${fingerprint}/history`)).json<VerdictChangeBody[]>();
  const state = async (fingerprint: string) =>
    (
      await server.asOwner(`/api/v1/findings/${fingerprint}/state?project=shop`)
    ).json<FindingVerdictsBody>();
  expect(await history(FIRST)).toMatchObject([
    { cause: 'comment', project: null, from_status: null, to_status: 'new' },
  ]);
  expect(await state(FIRST)).toMatchObject({ state: { status: 'new' }, in_project: null });
  expect(await history(SECOND)).toMatchObject([{ cause: 'decision' }]);
  expect((await state(SECOND)).state?.status).toBe('triaged');
});

it('are deleted by their author or an administrator, once, and where they belong', async () => {
  const writer = await holderOf('write');
  const stranger = await holderOf('write');
  const admin = await holderOf('write', 'admin');
  const made: FindingCommentBody[] = [];
  for (const text of ['one', 'two']) {
    const answer = await writer(urlOf(FIRST), { method: 'POST', payload: { text } });
    made.push(answer.json());
  }
  const [own = '', other = ''] = made.map(({ id }) => id);
  const remove = async (caller: typeof writer, fingerprint: string, id: string) => {
    const answer = await caller(urlOf(fingerprint, id), { method: 'DELETE' });
    return answer.statusCode === 204 ? 204 : answer.json<ErrorBody>().code;
  };

  expect(await remove(stranger, FIRST, own)).toBe('COMMENT_NOT_OWN');
  expect(await remove(writer, SECOND, own)).toBe('COMMENT_NOT_FOUND');
  expect(await remove(writer, FIRST, own)).toBe(204);
  expect(await remove(writer, FIRST, own)).toBe('COMMENT_NOT_FOUND');
  expect(await comments()).toMatchObject([{ id: other }]);
  expect(await remove(admin, FIRST, other)).toBe(204);
  expect(await comments()).toEqual([]);
  const log = (await server.asOwner(`/api/v1/audit?subject_id=${FIRST}`)).json<AuditEntryBody[]>();
  expect(log.map(({ action, details }) => [action, details['comment_id']])).toEqual([
    ['comment.deleted', other],
    ['comment.deleted', own],
    ['comment.created', other],
    ['comment.created', own],
  ]);
});

it.each([
  ['text', {}],
  ['text', { text: '' }],
  ['text', { text: ' \n ' }],
  ['text', { text: 'a\u0007' }],
  ['text', { text: 'x'.repeat(4001) }],
  ['project', { text: 'a', project: '' }],
  ['author', { text: 'a', author: 5 }],
  ['id', { text: 'a', id: 'mine' }],
])('are refused with 422 for their %s', async (loc, payload) => {
  const answer = await say(FIRST, payload);
  expect([answer.statusCode, answer.json<ErrorBody>().errors]).toMatchObject([422, [{ loc }]]);
  expect(await comments()).toEqual([]);
});

it('are about findings that are known', async () => {
  for (const method of ['GET', 'POST'] as const) {
    const payload = method === 'POST' ? { payload: { text: 'a' } } : {};
    const answer = await server.asOwner(urlOf('0'.repeat(64)), { method, ...payload });
    expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([404, 'FINDING_NOT_FOUND']);
  }
});

it('name whom the caller says where nobody has to be recognised', async () => {
  const open = await startTestServer();
  try {
    await storeScan(open.app, { id: SCAN, project: 'shop' }, findings);
    const url = urlOf(FIRST);
    const payload = { text: 'a', author: 'ada' };
    const made = (
      await open.app.inject({ method: 'POST', url, payload })
    ).json<FindingCommentBody>();
    expect(made.author).toBe('ada');
    const answer = await open.app.inject({ method: 'DELETE', url: urlOf(FIRST, made.id) });
    expect(answer.statusCode).toBe(204);
  } finally {
    await open.close();
  }
});
