import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#kernel/actor.js';
import type { Config } from '#platform/config/config.js';
import { demoActor, whomToName } from './demo-people.js';
import { Unauthenticated } from './refusals.js';

/** Tells who sends a request. Throws `Unauthenticated` when nobody can be named. */
export type SignIn = (headers: IncomingHttpHeaders) => Actor;

export const SIGN_IN = Symbol('SignIn');

export const demoHeader = 'x-demo-person';

/** Development only: the header names a demo person. */
export const demoSignIn: SignIn = (headers) => {
  const sent = headers[demoHeader];
  const name = typeof sent === 'string' ? sent.trim() : '';
  const actor = demoActor(name);
  if (actor) return actor;
  const lead = name === '' ? 'Nobody is signed in.' : 'There is no such demo person.';
  throw new Unauthenticated(`${lead} Send the header ${demoHeader} with one of: ${whomToName}.`);
};

const noSignIn: SignIn = () => {
  throw new Unauthenticated('No way to sign in is configured on this service.');
};

export const signInFor = ({ signIn }: Config): SignIn =>
  signIn === 'demo-header' ? demoSignIn : noSignIn;
