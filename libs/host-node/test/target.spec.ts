import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normaliseOrigin, parseOriginUrl } from '../src/git-origin';
import { resolveTarget } from '../src/target';

describe('resolveTarget', () => {
  let base: string;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'target-test-')));
    mkdirSync(join(base, 'shop', 'src'), { recursive: true });
    writeFileSync(join(base, 'shop', 'src', 'a.py'), '');
  });

  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it('takes the target for the project where there is no repository', async () => {
    const shop = join(base, 'shop');
    expect(await resolveTarget('shop', { cwd: base })).toEqual({
      root: shop,
      path: shop,
      project: shop,
    });
    const file = await resolveTarget('a.py', { cwd: join(shop, 'src') });
    expect(file).toEqual({
      root: join(shop, 'src'),
      path: join(shop, 'src', 'a.py'),
      project: join(shop, 'src'),
    });
  });

  it('finds the repository above, and is the same from everywhere', async () => {
    const shop = join(base, 'shop');
    mkdirSync(join(shop, '.git'));
    writeFileSync(
      join(shop, '.git', 'config'),
      '[remote "origin"]\n\turl = git@git.example:team/shop.git\n',
    );
    symlinkSync(join(shop, 'src'), join(base, 'link'));
    const expected = { root: shop, path: join(shop, 'src'), project: 'git.example/team/shop' };
    expect(await resolveTarget('shop/src', { cwd: base })).toEqual(expected);
    expect(await resolveTarget('.', { cwd: join(shop, 'src') })).toEqual(expected);
    expect(await resolveTarget(join(base, 'link'), { cwd: '/' })).toEqual(expected);
  });

  it('reads the origin of a linked worktree from the common directory', async () => {
    const shop = join(base, 'shop');
    mkdirSync(join(base, 'main.git', 'worktrees', 'shop'), { recursive: true });
    writeFileSync(
      join(base, 'main.git', 'config'),
      '[remote "origin"]\nurl = https://git.example/team/shop\n',
    );
    writeFileSync(join(base, 'main.git', 'worktrees', 'shop', 'commondir'), '../..\n');
    writeFileSync(join(shop, '.git'), `gitdir: ${join(base, 'main.git', 'worktrees', 'shop')}\n`);
    expect((await resolveTarget('shop', { cwd: base })).project).toBe('git.example/team/shop');
  });

  it.each(['missing', '', 'shop/src/a.py/below', 'nul\0byte'])('refuses %j', async (path) => {
    await expect(resolveTarget(path, { cwd: base })).rejects.toMatchObject({
      code: 'TARGET_NOT_FOUND',
      kind: 'user',
    });
  });

  it('refuses what is neither a file nor a directory', async () => {
    await expect(resolveTarget('/dev/null', { cwd: base })).rejects.toMatchObject({
      code: 'TARGET_NOT_FOUND',
    });
  });
});

describe('normaliseOrigin', () => {
  it.each([
    'https://git.example/Team/shop.git',
    'https://user:word@git.example/Team/shop.git/',
    'https://GIT.example:443/Team/shop',
    'ssh://git@git.example:2222/Team/shop.git',
    'git@git.example:Team/shop.git',
    'git.example:/Team/shop',
    'git://git.example/Team/shop.git',
    '  https://git.example//Team/shop.git  ',
  ])('gives one text for %s', (url) => {
    expect(normaliseOrigin(url)).toBe('git.example/Team/shop');
  });

  it.each([
    '/srv/git/shop.git',
    '../shop',
    'file:///srv/git/shop.git',
    'C:\\work\\shop',
    'C:/work/shop',
    '',
    'https://host/',
  ])('has no name for %j', (url) => {
    expect(normaliseOrigin(url)).toBeNull();
  });
});

describe('parseOriginUrl', () => {
  it('reads the section of origin and no other', () => {
    const config =
      '[remote "upstream"]\n url = a\n[Remote "origin"] ; ours\n\tfetch = x\n\turl = "b c"\n[branch "main"]\n url = d\n';
    expect(parseOriginUrl(config)).toBe('b c');
    expect(parseOriginUrl('[remote "upstream"]\n url = a\n')).toBeNull();
    expect(parseOriginUrl('')).toBeNull();
  });
});
