import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { randomToken } from '@securescan/testing';
import { Project } from './history/project';
import { expectTold, SCANNERS } from './history/told';
import { endOf, Workbench } from './support';

// Comparisons each scan two trees, on a machine that may be busy with other tests.
jest.setTimeout(600_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

describe('a history of forty changes', () => {
  // Every sixth one; `npm run test:long` has them all.
  it('is told change by change', async () => {
    await expectTold(bench, (index) => index % 6 === 0);
  });
});

describe('a comparison that is killed', () => {
  it('leaves the repository as it was, and nothing else once the next one has begun', async () => {
    const project = new Project(join(bench.directory, 'project'));
    for (let file = 0; file < 300; file += 1) {
      project.write(`src/part-${String(file)}.py`, `print(${String(file)})\n`.repeat(50));
    }
    project.commit('begin');
    project.write('Dockerfile', 'FROM alpine:latest\n');
    project.commit('change');
    const temporary = bench.makeDirectory('tmp');
    const options = {
      cwd: project.directory,
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: temporary },
    };
    const line = ['diff', '--base-ref', 'HEAD~1', ...SCANNERS, '--quiet'];
    const started = performance.now();
    expect((await bench.run(line, options)).code).toBe(0);
    const whole = performance.now() - started;
    const untouched = project.digest();
    // Four moments of the whole run, drawn from a seed.
    const digits = randomToken(16, 7, '0123456789');
    for (let kill = 0; kill < 4; kill += 1) {
      const share = Number(digits.slice(kill * 4, kill * 4 + 4)) / 10_000;
      const child = bench.start(line, options);
      const timer = setTimeout(() => child.kill('SIGKILL'), whole * share);
      await endOf(child);
      clearTimeout(timer);
      expect(project.digest()).toBe(untouched);
    }
    expect((await bench.run(line, options)).code).toBe(0);
    expect(project.digest()).toBe(untouched);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
