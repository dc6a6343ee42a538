/** Nobody is signed in, or the token cannot be used. The message tells what to do. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** The issuer's keys cannot be had, so no token can be judged. */
export class SignInUnavailable extends Error {
  override readonly name = 'SignInUnavailable';
  constructor() {
    super('Who is asking cannot be verified at the moment. Send the same again in a moment.');
  }
}

/** Somebody asks more often than the service allows. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests';
  constructor(waitSeconds: number) {
    const seconds = waitSeconds === 1 ? 'a second' : `${waitSeconds} seconds`;
    super(`Too many requests at once. Send the same again in ${seconds}.`);
  }
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
