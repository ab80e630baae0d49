import { toProjectPath } from './project-path';

describe('toProjectPath', () => {
  it.each([
    ['/srv/shop/src/a.py', 'src/a.py'],
    ['src/a.py', 'src/a.py'],
    ['./src//x/../a.py', 'src/a.py'],
    ['/srv/shop/./src/a.py', 'src/a.py'],
    ['/srv/shop//src/a.py', 'src/a.py'],
    ['-rf', '-rf'],
    ['..a/b..', '..a/b..'],
  ])('makes %s relative to the root', (path, expected) => {
    expect(toProjectPath(path, '/srv/shop')).toEqual({ onDisk: expected, normalised: expected });
  });

  it('keeps the spelling on disk beside the composed one', () => {
    expect(toProjectPath('u\u0308.py', '/srv')).toEqual({
      onDisk: 'u\u0308.py',
      normalised: '\u00fc.py',
    });
  });

  it.each(['/srv/shop', '/srv/shop/', '.', '', 'src/..', '/srv/shop/src/..'])(
    'knows the root in %j',
    (path) => {
      expect(toProjectPath(path, '/srv/shop')).toBe('root');
    },
  );

  it.each(['/etc/passwd', '/srv/shopping/a.py', '../a.py', 'src/../../a.py', '/srv/shop/../a.py'])(
    'finds %s outside',
    (path) => {
      expect(toProjectPath(path, '/srv/shop')).toBe('outside');
    },
  );

  it('takes the whole machine as a root', () => {
    expect(toProjectPath('/etc/hosts', '/')).toEqual({
      onDisk: 'etc/hosts',
      normalised: 'etc/hosts',
    });
  });
});
