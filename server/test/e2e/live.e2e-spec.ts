import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { EVENT_STREAM_OPTIONS, EventStreams } from '../../src/modules/live/event-streams';
import { ScanEventEntity } from '../../src/modules/live/scan-event.entity';
import { ScanRunProcessor } from '../../src/modules/scans/scan-run.processor';
import { until } from '../support/until';
import { framesOf, openStream as open, table } from './sse-client';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await writeTree(server.root, dockerfiles(3));
  await server.app.listen(0, '127.0.0.1');
});

afterEach(async () => {
  await server.close();
});

/** From now on scans are accepted and stay pending. */
const holdScans = (held: TestServer): Promise<void> => held.app.get(ScanRunProcessor).stop();

describe('the stream of a scan', () => {
  it('tells everything that is in the table, in order, and ends', async () => {
    const scan = await createScan(server, server.root);
    const stream = await open(server, `/api/v1/scans/${scan.id}/events`);
    await stream.ended;
    const frames = framesOf(stream.text());
    expect(frames).toEqual(await table(server, scan.id));
    expect(frames.map(({ event }) => event)).toEqual([
      'scan.start',
      'scanner.start',
      'scanner.complete',
      'scan.complete',
    ]);
    expect(frames.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(frames[0]?.data).toMatchObject({
      scan_id: scan.id,
      target: server.root,
      scanner_count: 1,
    });
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': expect.any(String) as string,
      'x-content-type-options': 'nosniff',
    });
  });

  it('resumes at every place without gap or repeat, by header and by query', async () => {
    const { id } = await createScan(server, server.root);
    await endOfScan(server, id);
    const all = await table(server, id);
    for (let seen = 0; seen < all.length; seen += 1) {
      const byHeader = await open(server, `/api/v1/scans/${id}/events`, {
        'Last-Event-ID': String(seen),
      });
      const byQuery = await open(server, `/api/v1/scans/${id}/events?last_event_id=${seen}`);
      await Promise.all([byHeader.ended, byQuery.ended]);
      expect(framesOf(byHeader.text())).toEqual(all.slice(seen));
      expect(framesOf(byQuery.text())).toEqual(all.slice(seen));
    }
  });

  it('joined while the scan runs equals the table, cut wherever it may be', async () => {
    const logs = await Promise.all(
      [1, 2, 3].map(async (cutAfter) => {
        const { id } = await createScan(server, server.root);
        const first = await open(server, `/api/v1/scans/${id}/events`);
        const seen = (await first.frames(cutAfter)).slice(0, cutAfter);
        first.response.destroy();
        const second = await open(server, `/api/v1/scans/${id}/events`, {
          'Last-Event-ID': String(seen.at(-1)?.id),
        });
        await second.ended;
        return { id, log: [...seen, ...framesOf(second.text())] };
      }),
    );
    for (const { id, log } of logs) expect(log).toEqual(await table(server, id));
  });

  it('tells a browser that has seen the end to stay away', async () => {
    const { id } = await createScan(server, server.root);
    await endOfScan(server, id);
    const stream = await open(server, `/api/v1/scans/${id}/events`, { 'Last-Event-ID': '4' });
    expect(stream.response.statusCode).toBe(204);
    await stream.ended;
  });

  it('begins anew for a place that it never reached', async () => {
    const { id } = await createScan(server, server.root);
    await endOfScan(server, id);
    for (const seen of ['99', 'nonsense']) {
      const stream = await open(server, `/api/v1/scans/${id}/events`, { 'Last-Event-ID': seen });
      await stream.ended;
      expect(framesOf(stream.text())).toHaveLength(4);
    }
  });

  it('ends with a cancelled scan that never began', async () => {
    await holdScans(server);
    const { id } = await createScan(server, server.root);
    const stream = await open(server, `/api/v1/scans/${id}/events`);
    const answer = await server.app.inject({ method: 'POST', url: `/api/v1/scans/${id}/cancel` });
    expect(answer.json()).toMatchObject({
      status: 'cancelled',
      completed_at: expect.any(String) as string,
    });
    await stream.ended;
    expect(framesOf(stream.text()).map(({ event }) => event)).toEqual(['scan.cancelled']);
  });

  it('is told from the status where the rows of the end are gone', async () => {
    const { id } = await createScan(server, server.root);
    await endOfScan(server, id);
    await server.app
      .get(UnitOfWork)
      .run(({ manager }) => manager.delete(ScanEventEntity, { scanId: id }));
    const stream = await open(server, `/api/v1/scans/${id}/events`);
    await stream.ended;
    expect(framesOf(stream.text()).map(({ event }) => event)).toEqual(['scan.complete']);
  });

  it('lets go of everything when the receiver leaves', async () => {
    const streams = server.app.get(EventStreams);
    await holdScans(server);
    const { id } = await createScan(server, server.root);
    const url = `/api/v1/scans/${id}/events`;
    const opened = await Promise.all(Array.from({ length: 20 }, () => open(server, url)));
    expect(streams.openCount).toBe(20);
    for (const { response } of opened) response.destroy();
    await until(() => streams.openCount === 0);
  });

  it('is 404 for no scan and 422 for a place that is no number, before it begins', async () => {
    expect((await server.app.inject('/api/v1/scans/none/events')).json()).toMatchObject({
      code: 'SCAN_NOT_FOUND',
    });
    const { id } = await createScan(server, server.root);
    const wrong = await server.app.inject(`/api/v1/scans/${id}/events?last_event_id=-1`);
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'VALIDATION_FAILED']);
  });
});

describe('silence', () => {
  it('is broken by comments, and a stop ends the stream', async () => {
    const quiet = await startTestServer({
      prepare: (app) => {
        Object.assign(app.get(EVENT_STREAM_OPTIONS), { keepAliveMs: 5 });
      },
    });
    await writeTree(quiet.root, dockerfiles(1));
    await quiet.app.listen(0, '127.0.0.1');
    await holdScans(quiet);
    const { id } = await createScan(quiet, quiet.root);
    const stream = await open(quiet, `/api/v1/scans/${id}/events`);
    await until(() => stream.text().includes(': keepalive\n\n: keepalive\n\n'));
    await quiet.close();
    await stream.ended;
    expect(framesOf(stream.text()).map(({ event }) => event)).toEqual(['scan.failed']);
  });
});
