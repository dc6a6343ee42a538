import { setImmediate as nextTurn } from 'node:timers/promises';
import { Foreground } from './foreground.js';

/** Has work asked for its turn; tells which began, in order. */
function asking(foreground: Foreground, ...names: string[]): string[] {
  const begun: string[] = [];
  for (const name of names) void foreground.giveWay().then(() => begun.push(name));
  return begun;
}

describe('Work that nobody waits for', () => {
  it('begins at once where nobody has ever asked', async () => {
    const begun = asking(new Foreground(), 'first', 'second');
    await Promise.resolve();
    expect(begun).toEqual(['first', 'second']);
  });

  it('begins in its order, each piece in a turn of its own', async () => {
    const foreground = new Foreground();
    foreground.enter()();
    const begun = asking(foreground, 'first', 'second', 'third');
    await nextTurn();
    expect(begun).toEqual(['first']);
    await nextTurn();
    expect(begun).toEqual(['first', 'second']);
    await nextTurn();
    expect(begun).toEqual(['first', 'second', 'third']);
  });

  it('waits for the requests in flight, and goes on after the last', async () => {
    const foreground = new Foreground(60_000);
    const [leave, leaveToo] = [foreground.enter(), foreground.enter()];
    const begun = asking(foreground, 'work');
    leave();
    leave();
    await nextTurn();
    await nextTurn();
    expect(begun).toEqual([]);
    leaveToo();
    await nextTurn();
    expect(begun).toEqual(['work']);
  });

  it('is not starved by requests that never end', async () => {
    const foreground = new Foreground(1);
    foreground.enter();
    await Promise.all([foreground.giveWay(), foreground.giveWay()]);
  });
});
