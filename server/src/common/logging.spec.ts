import { createLogger, PinoLoggerService, toTextLine } from './logging';

function logTo(format: 'json' | 'text', level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, format }, { write: (line) => void lines.push(line) });
  return { lines, service: new PinoLoggerService(logger) };
}

describe('the log', () => {
  it('has the documented keys in JSON, and every fact of the entry', () => {
    const { lines, service } = logTo('json');
    service.log({ scan_id: 's1' }, 'scan ended', 'ScanOrchestrator');
    const entry = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(entry).toMatchObject({
      level: 'info',
      logger: 'ScanOrchestrator',
      message: 'scan ended',
      scan_id: 's1',
    });
    expect(entry['ts']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('is one line for people, in which no text can steer a terminal or forge a line', () => {
    const line = toTextLine(
      JSON.stringify({
        ts: 'now',
        level: 'warn',
        logger: 'x',
        message: 'a\u001b[2Jb\nc',
        path: '/a b\n[ERROR]',
      }),
    );
    expect(line).toBe('now [WARN] x: a [2Jb c path="/a b\\n[ERROR]"\n');
  });

  it('leaves out what the framework says of its own start and of failures that it throws', () => {
    const { lines, service } = logTo('text');
    service.log('Mapped a route', 'RouterExplorer');
    service.error(new Error('taken'), 'NestApplication');
    expect(lines).toEqual([]);
    service.error('broken', 'stack of it', 'Other');
    expect(lines[0]).toContain('[ERROR] Other: broken');
  });
});
