const firstSpace = 1 << 16;

/** Of each event of a stretch of the log, in its order: the key of its stream and its revision there. */
export class StreamEntries {
  constructor(
    private streams = new Int32Array(firstSpace),
    private revisions = new Int32Array(firstSpace),
    public count = 0,
  ) {}

  add(stream: number, revision: number): void {
    this.ensureSpace(this.count + 1);
    this.streams[this.count] = stream;
    this.revisions[this.count] = revision;
    this.count += 1;
  }

  /** Adds those of the stretch behind. */
  append({ streams, revisions, count }: PlainEntries): void {
    this.ensureSpace(this.count + count);
    this.streams.set(streams.subarray(0, count), this.count);
    this.revisions.set(revisions.subarray(0, count), this.count);
    this.count += count;
  }

  streamAt(place: number): number | undefined {
    return place < this.count ? this.streams[place] : undefined;
  }

  revisionAt(place: number): number | undefined {
    return place < this.count ? this.revisions[place] : undefined;
  }

  /** The place of the first event of a stream. */
  placeOf(stream: number): number {
    return this.streams.subarray(0, this.count).indexOf(stream);
  }

  /** As another thread may be given them. */
  get plain(): PlainEntries {
    return { streams: this.streams, revisions: this.revisions, count: this.count };
  }

  private ensureSpace(wanted: number): void {
    if (wanted <= this.streams.length) return;
    const space = Math.max(wanted, this.streams.length * 2);
    this.streams = enlarged(this.streams, space);
    this.revisions = enlarged(this.revisions, space);
  }
}

export interface PlainEntries {
  readonly streams: Int32Array<ArrayBuffer>;
  readonly revisions: Int32Array<ArrayBuffer>;
  readonly count: number;
}

function enlarged(numbers: Int32Array, space: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(space);
  larger.set(numbers);
  return larger;
}
