import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installRoot, productVersion } from '../src/install-root';
import { digestPaths, writeRulePack } from '../src/rule-packs';

describe('rule packs', () => {
  let base: string;

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'rules-test-'));
    mkdirSync(join(base, 'pack', 'deep'), { recursive: true });
    writeFileSync(join(base, 'pack', 'a.yml'), 'rules: []');
    writeFileSync(join(base, 'pack', 'deep', 'b.yml'), 'rules: []');
  });

  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it('depends on names and bytes, not on the place', async () => {
    const digest = await digestPaths([join(base, 'pack')]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    cpSync(join(base, 'pack'), join(base, 'copy'), { recursive: true });
    expect(await digestPaths([join(base, 'copy')])).toBe(digest);
    renameSync(join(base, 'copy', 'a.yml'), join(base, 'copy', 'c.yml'));
    expect(await digestPaths([join(base, 'copy')])).not.toBe(digest);
    writeFileSync(join(base, 'pack', 'a.yml'), 'rules: [ ]');
    expect(await digestPaths([join(base, 'pack')])).not.toBe(digest);
  });

  it('names rules that do not exist', async () => {
    await expect(digestPaths([join(base, 'none.yml')])).rejects.toMatchObject({
      code: 'RULES_NOT_FOUND',
    });
  });

  it('finds the pack that ships, wherever we are called from', async () => {
    const before = process.cwd();
    process.chdir(base);
    try {
      const pack = await writeRulePack('semgrep', base);
      const { rules } = JSON.parse(readFileSync(pack?.path ?? '', 'utf8')) as { rules: unknown[] };
      const source = join(installRoot(), 'libs', 'scan-engine', 'rules', 'semgrep');
      expect(pack?.digest).toBe(await digestPaths([source]));
      expect(rules.length).toBeGreaterThanOrEqual(30);
      expect(await writeRulePack('bandit', base)).toBeNull();
      expect(await writeRulePack('../rules/semgrep', base)).toBeNull();
    } finally {
      process.chdir(before);
    }
  });

  it('knows the version of the product', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(installRoot(), 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'securescan', version: productVersion() });
  });
});
