import { runThrough, Slices } from './slices.js';

function* steps(count: number, done: string[] = [], name = ''): Generator<void, string> {
  for (let step = 1; step <= count; step += 1) {
    done.push(`${name}${step}`);
    yield;
  }
  return 'finished';
}

describe('sliced work', () => {
  it('lets the event loop turn between slices', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);
    expect(await new Slices(0).drive(steps(50))).toBe('finished');
    clearImmediate(immediate);
    expect(turns).toBeGreaterThanOrEqual(50);
  });

  it('takes one slice a turn, however many works there are', async () => {
    const done: string[] = [];
    const slices = new Slices(0);
    await Promise.all([slices.drive(steps(3, done, 'a')), slices.drive(steps(3, done, 'b'))]);
    expect(done).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  });

  it('does not turn before a slice is over', async () => {
    let turned = false;
    const slices = new Slices(1_000_000);
    setImmediate(() => (turned = true));
    await slices.drive(steps(1_000));
    expect(turned).toBe(false);
  });

  it('ends work that is called off, and lets it clean up', async () => {
    const calledOff = new AbortController();
    let cleaned = false;
    const endless = function* (): Generator<void> {
      try {
        for (;;) {
          calledOff.abort();
          yield;
        }
      } finally {
        cleaned = true;
      }
    };
    const driven = new Slices(0).drive(endless(), calledOff.signal);
    await expect(driven).rejects.toThrow('aborted');
    expect(cleaned).toBe(true);
  });

  it('runs through at once in specs', () => {
    expect(runThrough(steps(3))).toBe('finished');
  });
});
