import { progressOf, timeLeft } from './progress.js';

describe('Progress', () => {
  it.each([
    [0, '0 s left'],
    [1, '1 s left'],
    [59_001, '1 min 0 s left'],
    [65_000, '1 min 5 s left'],
  ])('says of %p ms that there are %s', (ms, text) => {
    expect(timeLeft(ms)).toBe(text);
  });

  it('is silent where no terminal is', () => {
    const progress = progressOf({ json: true, terminal: false }, 'Checking', 'events');
    progress.at(1, 2);
    progress.stop();
    expect(progressOf({ json: false, terminal: false }, 'Checking', 'events')).toBe(progress);
  });
});
