import { OperationalError } from '@securescan/core';
import { describeFailure, lastWords, oneLine } from './one-line';

describe('oneLine', () => {
  it('leaves one line without terminal sequences and control characters', () => {
    const link = '\u001b]8;;https://example.org\u0007name\u001b]8;;\u0007';
    expect(oneLine(`a\r\n\tb \u001b[31;1mred\u001b[0m ${link}\u0000\u202Ec\u2028d`)).toBe(
      'a b red name c d',
    );
  });

  it('cuts what is long', () => {
    expect(oneLine('x'.repeat(1_000))).toBe(`${'x'.repeat(299)}…`);
  });

  it('masks secrets', () => {
    // Made here, so that nothing that looks like a token stands in the source.
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    expect(oneLine(`denied for ${token}`)).not.toContain(token);
  });
});

describe('lastWords', () => {
  it('takes the last line that says something', () => {
    expect(lastWords('starting\nfatal: no rules\n────\n\n')).toBe('fatal: no rules');
    expect(lastWords('progress 1%\rprogress 100%\r')).toBe('progress 100%');
    expect(lastWords(' \n--\n')).toBe('');
  });
});

describe('describeFailure', () => {
  it('repeats our own sentences and marks everything else as unexpected', () => {
    expect(describeFailure(new OperationalError('TOOL_FAILED', 'git is\nbroken'))).toBe(
      'git is broken',
    );
    expect(describeFailure(new TypeError('x is undefined'))).toBe(
      'unexpected failure: x is undefined',
    );
    expect(describeFailure('thrown text')).toBe('unexpected failure: thrown text');
  });
});
