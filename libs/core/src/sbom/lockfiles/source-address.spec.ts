import { plainAddress, splitRevision, vcsQualifiers } from './source-address';

describe('an address in a document', () => {
  it.each([
    ['https://host.example/a/b', 'https://host.example/a/b'],
    ['https://user:p@ss@host.example/a?token=1#x', 'https://host.example/a'],
    ['https://user@host.example', 'https://host.example'],
    ['https://token:@host.example:8080/a@b', 'https://host.example:8080/a@b'],
    ['ssh://git@host.example/a.git', 'ssh://git@host.example/a.git'],
    ['git@host.example:team/a.git', 'ssh://git@host.example/team/a.git'],
    ['file:///srv/a', 'file:///srv/a'],
    ['https://user:word@', null],
    ['./a', null],
    [`https://host.example/${'a'.repeat(1_000)}`, null],
    [null, null],
  ])('makes of %j %j', (address, plain) => {
    expect(plainAddress(address)).toBe(plain);
  });

  it('names a commit as SPDX does', () => {
    const address = 'https://host.example/a.git';
    expect(vcsQualifiers('git', address, 'abc')).toEqual({ vcs_url: `git+${address}@abc` });
    expect(vcsQualifiers('git', `git+${address}`, null)).toEqual({ vcs_url: `git+${address}` });
    expect(vcsQualifiers('git', address, 'a b')).toEqual({ vcs_url: `git+${address}` });
    expect(vcsQualifiers('git', './a', 'abc')).toEqual({});
  });

  it.each([
    ['git+https://u:p@host.example/a.git@v1#egg=a', 'git+https://u:p@host.example/a.git', 'v1'],
    ['git+https://u:p@host.example/a.git', 'git+https://u:p@host.example/a.git', null],
    ['git+https://host.example', 'git+https://host.example', null],
  ])('takes %j apart', (whole, address, revision) => {
    expect(splitRevision(whole)).toEqual([address, revision]);
  });
});
