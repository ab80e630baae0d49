import { riskBand } from './risk-band';

describe('riskBand', () => {
  it.each([
    [0, 'none'],
    [0.9, 'none'],
    [1, 'low'],
    [24.9, 'low'],
    [25, 'medium'],
    [49.9, 'medium'],
    [50, 'high'],
    [69.9, 'high'],
    [70, 'critical'],
    [100, 'critical'],
  ])('%d is %s', (score, label) => {
    expect(riskBand(score).label).toBe(label);
  });
});
