import type { Problem } from '../../core/errors/problem';
import { FieldRefusals } from './field-refusals';

const PROBLEM: Problem = {
  message: 'The request is not valid.',
  code: 'VALIDATION_FAILED',
  requestId: 'r-1',
  status: 422,
  fields: [
    { loc: 'target_url', message: 'target_url must begin with http:// or https://' },
    { loc: 'target_url', message: 'is too long.' },
    { loc: 'scanners', message: 'there is no scanner zapp' },
  ],
};

describe('FieldRefusals', () => {
  it('puts what names a field on screen beside it, as sentences, and the rest apart', () => {
    const refusals = new FieldRefusals();
    refusals.take(PROBLEM, ['target_path', 'target_url']);
    expect(refusals.messageFor('target_url')).toBe(
      'Must begin with http:// or https://. Is too long.',
    );
    expect(refusals.messageFor('target_path')).toBeNull();
    expect(refusals.notice()).toEqual({ ...PROBLEM, fields: [PROBLEM.fields[2]] });
  });

  it('forgets a field that was changed, and keeps what it said of the others', () => {
    const refusals = new FieldRefusals();
    refusals.take(PROBLEM, ['target_url', 'scanners']);
    refusals.forget('target_url');
    expect(refusals.messageFor('target_url')).toBeNull();
    expect(refusals.messageFor('scanners')).toBe('there is no scanner zapp.');
    expect(refusals.notice()).toBeNull();
    refusals.clear();
    expect(refusals.messageFor('scanners')).toBeNull();
  });
});
