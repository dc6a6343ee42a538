/** Nobody is signed in, or the named person is unknown. The message tells what to send. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** The person is known but may not do this. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** People's mutations wait until the demo council is loaded. */
export class DemoLoading extends Error {
  override readonly name = 'DemoLoading';
  constructor(percent: number) {
    super(
      `The demo council is being loaded (${percent} %). Queries are answered; send changes again in a moment.`,
    );
  }
}
