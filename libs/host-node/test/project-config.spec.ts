import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProjectConfigError, UserError } from '@securescan/core';
import {
  checkProjectConfig,
  findProjectConfig,
  loadProjectConfig,
  readProjectConfigFile,
} from '../src';

describe('the configuration of a target', () => {
  let base: string;
  let root: string;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'project-config-test-')));
    root = join(base, 'shop');
    mkdirSync(join(root, 'packages', 'cart', 'src'), { recursive: true });
  });

  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  function write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  const targetAt = (path = '.') => ({ root, path: join(root, path), project: 'shop' });
  const find = async (path?: string): Promise<string | null> =>
    (await findProjectConfig(targetAt(path)))?.path ?? null;

  it('is the nearest one, from the directory of the target up to the root', async () => {
    writeFileSync(join(base, '.securescan.yml'), 'project: above\n');
    write('packages/cart/src/a.ts', '');
    expect(await find('packages/cart/src/a.ts')).toBeNull();
    write('securescan.yml', 'project: root\n');
    expect(await find('packages/cart/src/a.ts')).toBe('securescan.yml');
    write('packages/cart/.securescan.yaml', 'project: cart\n');
    expect(await find('packages/cart/src')).toBe('packages/cart/.securescan.yaml');
    expect(await find()).toBe('securescan.yml');
  });

  it('is not looked for where the target is gone', async () => {
    await expect(find('packages/gone')).rejects.toMatchObject({ code: 'TARGET_NOT_FOUND' });
  });

  it('is the first of the names in one directory', async () => {
    write('securescan.yml', '');
    write('.securescan.yaml', '');
    expect(await find()).toBe('.securescan.yaml');
    write('.securescan.yml', '');
    expect(await find()).toBe('.securescan.yml');
  });

  it('may be a link within the project, and its paths are those of the link', async () => {
    write('shared/config.yml', 'semgrep_rules: [rules.yml]\n');
    write('rules.yml', '');
    symlinkSync('shared/config.yml', join(root, '.securescan.yml'));
    expect((await loadProjectConfig(targetAt()))?.semgrepRules).toEqual([join(root, 'rules.yml')]);
    const named = readProjectConfigFile('.securescan.yml', { cwd: root, root });
    expect(named).toEqual(await findProjectConfig(targetAt()));
  });

  it.each<[string, string, () => void]>([
    ['a link that leads out', 'leads out of the project', () => link('../outside.yml')],
    ['a link to nothing', 'or to nothing', () => link('nowhere.yml')],
    ['a directory', 'is a directory', () => mkdirSync(join(root, '.securescan.yml'))],
    ['no UTF-8', 'save it as UTF-8', () => write('.securescan.yml', Buffer.from([0x61, 0xff]))],
    ['a FIFO', 'not a regular file', () => spawnSync('mkfifo', [join(root, '.securescan.yml')])],
    [
      'a huge file',
      'larger than 1048576 bytes',
      () => {
        write('.securescan.yml', '');
        truncateSync(join(root, '.securescan.yml'), 3 * 2 ** 30);
      },
    ],
  ])('that is %s is an error and not overlooked', async (_name, words, prepare) => {
    writeFileSync(join(base, 'outside.yml'), '');
    prepare();
    const failure = loadProjectConfig(targetAt());
    await expect(failure).rejects.toThrow(words);
    await expect(failure).rejects.toBeInstanceOf(UserError);
    await expect(failure).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('.securescan.yml'),
    });
  });

  function link(to: string): void {
    symlinkSync(to, join(root, '.securescan.yml'));
  }

  // Whoever is root may read everything.
  (process.getuid?.() === 0 ? it.skip : it)('that may not be read is an error', async () => {
    write('.securescan.yml', '');
    chmodSync(join(root, '.securescan.yml'), 0o000);
    await expect(loadProjectConfig(targetAt())).rejects.toThrow('make it readable');
  });

  it('has its rules and its baseline by absolute path', async () => {
    write('rules/a.yml', '');
    write('packages/cart/.securescan.yml', 'semgrep_rules: [../../rules]\nbaseline: base.json\n');
    expect(await loadProjectConfig(targetAt('packages/cart/src'))).toMatchObject({
      path: 'packages/cart/.securescan.yml',
      semgrepRules: [join(root, 'rules')],
      baseline: join(root, 'packages/cart/base.json'),
      config: { semgrepRules: ['../../rules'], baseline: 'base.json' },
    });
  });

  it('is refused with the places of rules that are missing or lie elsewhere', async () => {
    writeFileSync(join(base, 'secret.yml'), '');
    symlinkSync('../secret.yml', join(root, 'linked.yml'));
    write(
      '.securescan.yml',
      'semgrep_rules:\n  - missing.yml\n  - linked.yml\nbaseline: linked.yml\n',
    );
    const failure: unknown = await loadProjectConfig(targetAt()).catch((error: unknown) => error);
    expect(failure instanceof ProjectConfigError ? failure.lines : failure).toEqual([
      '.securescan.yml:2:5: "semgrep_rules[0]" names nothing that there is; check the path.',
      '.securescan.yml:3:5: "semgrep_rules[1]" is a symbolic link that leads out of the project; put the file itself there.',
      '.securescan.yml:4:1: "baseline" is a symbolic link that leads out of the project; put the file itself there.',
    ]);
  });

  it('may lie elsewhere when somebody names it, and then keeps to its own directory', () => {
    writeFileSync(join(base, 'strict.yml'), 'semgrep_rules: [own.yml]\n');
    writeFileSync(join(base, 'own.yml'), '');
    const file = readProjectConfigFile('../strict.yml', { cwd: root, root });
    expect(file).toMatchObject({ path: join(base, 'strict.yml'), directory: base });
    expect(checkProjectConfig(file, root).loaded?.semgrepRules).toEqual([join(base, 'own.yml')]);
    const up = { ...file, text: 'semgrep_rules: [../own.yml]' };
    expect(checkProjectConfig(up, root).issues[0]?.message).toContain('leaves the project');
    expect(() => readProjectConfigFile('none.yml', { cwd: root, root })).toThrow(
      'none.yml:1:1: it cannot be read: there is no such file; check the path.',
    );
  });
});
