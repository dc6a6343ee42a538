/**
 * The requests of people that are in flight, and the queue of work that nobody waits for. A piece of
 * such work begins in a turn of the event loop of its own, and while a request is in flight only
 * every so many milliseconds, so that no file, job or policy keeps a person waiting and none starves.
 */
export class Foreground {
  private inFlight = 0;
  /** Where nobody ever asks (a simulation, the command line) nothing waits for anyone. */
  private isAsked = false;
  private readonly waiting: (() => void)[] = [];
  private asked = false;
  private timer: NodeJS.Timeout | undefined;

  /** @param longestMs how long the next piece of work gives way to requests */
  constructor(private readonly longestMs = 20) {}

  /** Counts a request until what it answers is called. */
  enter(): () => void {
    this.isAsked = true;
    this.inFlight += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.inFlight -= 1;
      if (this.inFlight === 0) this.ask();
    };
  }

  /** Resolves when the next piece of work may begin, in the order of asking. */
  giveWay(): Promise<void> {
    if (!this.isAsked) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.inFlight === 0) this.ask();
      else this.timer ??= setTimeout(this.overdue, this.longestMs);
    });
  }

  private ask(): void {
    if (this.asked || this.waiting.length === 0) return;
    this.asked = true;
    setImmediate(this.next);
  }

  private readonly next = (): void => {
    this.asked = false;
    if (this.inFlight > 0) this.timer ??= setTimeout(this.overdue, this.longestMs);
    else {
      this.waiting.shift()?.();
      this.ask();
    }
  };

  private readonly overdue = (): void => {
    this.timer = undefined;
    this.waiting.shift()?.();
    if (this.waiting.length === 0) return;
    if (this.inFlight === 0) this.ask();
    else this.timer = setTimeout(this.overdue, this.longestMs);
  };
}

/** Of this process: it has one event loop. */
export const foreground = new Foreground();
