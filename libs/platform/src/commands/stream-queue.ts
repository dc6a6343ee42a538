/**
 * Runs the work on one stream one after another inside this process, so that commands that arrive
 * together are decided in turn instead of losing races against each other.
 */
export class StreamQueue {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<Result>(stream: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.last.get(stream) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.catch(() => undefined);
    this.last.set(stream, settled);
    try {
      return await turn;
    } finally {
      if (this.last.get(stream) === settled) this.last.delete(stream);
    }
  }
}
