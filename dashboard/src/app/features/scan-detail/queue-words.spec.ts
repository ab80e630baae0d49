import { queueWords } from './queue-words';

describe('queueWords', () => {
  it.each([
    [1, 'Next in line'],
    [2, '2nd in line'],
    [3, '3rd in line'],
    [4, '4th in line'],
    [11, '11th in line'],
    [12, '12th in line'],
    [21, '21st in line'],
    [113, '113th in line'],
    [122, '122nd in line'],
  ])('says of position %i: %s', (position, expected) => {
    expect(queueWords(position)).toBe(expected);
  });
});
