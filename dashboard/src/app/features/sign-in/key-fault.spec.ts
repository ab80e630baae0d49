import { keyFault } from './key-fault';

describe('keyFault', () => {
  it.each(['k', 'an environment key with spaces', 'x'.repeat(512)])('lets through: %s', (key) => {
    expect(keyFault(key)).toBeNull();
  });

  it.each([
    ['', 'Enter a key'],
    ['x'.repeat(513), 'at most 512'],
    ['one\ntwo', 'ASCII'],
    ['ssk_…', 'ASCII'],
    ['clé', 'ASCII'],
  ])('says what is wrong with %j', (key, words) => {
    expect(keyFault(key)).toContain(words);
  });
});
