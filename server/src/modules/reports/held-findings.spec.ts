import { HeldFindings } from './held-findings';

it('lets in as much as fits, and what comes after once something was given back', () => {
  const held = new HeldFindings();
  const release = held.claim(250_000);
  held.claim(249_999);
  expect(() => held.claim(2)).toThrow('try again in a moment');
  held.claim(1);
  release();
  release();
  held.claim(250_000);
  expect(() => held.claim(1)).toThrow('try again in a moment');
});

it('takes no document that is too large for any moment, and says where the findings are', () => {
  expect(() => new HeldFindings().claim(250_001)).toThrow('application/x-ndjson');
});
