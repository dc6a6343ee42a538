import { AwaitingCareResolver } from '#projections/awaiting-care/awaiting-care.resolver.js';

/**
 * Loaded before the service (`node --import`): the awaiting-care list answers its first page for
 * ever, whatever is asked. Everything around it is the service itself, so what remains is the cost
 * of HTTP, guards, validation and GraphQL: the peer of the list's bench.
 */
type Page = Awaited<ReturnType<AwaitingCareResolver['awaitingCare']>>;

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its own `this`
const original = AwaitingCareResolver.prototype.awaitingCare;

let answer: Promise<Page> | undefined;

/** Spreading asks the getters once, so that counting costs nothing later. */
async function firstPage(this: AwaitingCareResolver, ...asked: Parameters<typeof original>) {
  return { ...(await original.apply(this, asked)) };
}

const constant: typeof original = function (this: AwaitingCareResolver, ...asked) {
  answer ??= firstPage.apply(this, asked);
  return answer;
};

// The roles and the GraphQL field are kept with the method that is replaced.
for (const key of Reflect.getMetadataKeys(original) as string[]) {
  Reflect.defineMetadata(key, Reflect.getMetadata(key, original), constant);
}
AwaitingCareResolver.prototype.awaitingCare = constant;
