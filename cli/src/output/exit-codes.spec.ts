import { DefectError, OperationalError, UserError } from '@securescan/core';
import { ScanCancelledError } from '@securescan/scan-engine';
import { UsageError } from '../options/usage-error';
import { exitCodeOfError, exitCodeOfScan } from './exit-codes';
import { failureLines } from './failure';

describe('exitCodeOfScan', () => {
  it.each([
    [false, false, false, 0],
    [false, true, false, 3],
    [false, true, true, 0],
    [true, false, false, 1],
    [true, true, false, 1],
    [true, true, true, 1],
  ])(
    'gate %s, incomplete %s, allowed %s: %i',
    (isGateReached, isIncomplete, isIncompleteAllowed, code) => {
      expect(exitCodeOfScan({ isGateReached, isIncomplete, isIncompleteAllowed })).toBe(code);
    },
  );
});

describe('exitCodeOfError', () => {
  it.each([
    [new UsageError(['x']), 2],
    [new UserError('TARGET_NOT_FOUND', 'x'), 2],
    [new ScanCancelledError(), 130],
    [new OperationalError('DISK_FULL', 'x'), 3],
    [new DefectError('INVARIANT_BROKEN', 'x'), 70],
    [new TypeError('x'), 70],
    ['x', 70],
  ])('%s: %i', (error, code) => {
    expect(exitCodeOfError(error)).toBe(code);
  });
});

describe('failureLines', () => {
  it('is the sentence of an error of ours, and its stack only when asked', () => {
    const error = new UserError('TARGET_NOT_FOUND', 'Nothing there.');
    expect(failureLines(error, false)).toEqual(['Nothing there.']);
    expect(failureLines(error, true)[1]).toContain('exit-codes.spec');
  });

  it('is every problem of a line', () => {
    expect(failureLines(new UsageError(['a', 'b\u001b']), false)).toEqual(['a', 'b\\u001b']);
  });

  it('asks for a report of a defect, with an id of its own', () => {
    const lines = [1, 2].flatMap(() => failureLines(new TypeError('x is undefined'), false));
    expect(lines[0]).toMatch(
      /defect of SecureScan \(x is undefined\).* report it with the id [0-9a-f-]{36} .*SECURESCAN_DEBUG=1/,
    );
    expect(lines[0]).not.toBe(lines[1]);
  });
});
