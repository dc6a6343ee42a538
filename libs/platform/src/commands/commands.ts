import { randomBytes } from 'node:crypto';
import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import { currentRules, type Event } from '#kernel/decider.js';
import { deriveId, keyHash } from '#kernel/ids.js';
import { civilDateOf, type Instant } from '#kernel/time.js';
import { WrongExpectedRevision, type EventStore, type NewEvent } from '#eventstore/event-store.js';
import type { Clock } from './clock.js';
import { CapacityClaims } from './capacity-claims.js';
import { fingerprintOf } from './fingerprint.js';
import { freeKeys, holderOf, reserve } from './reservations.js';
import type { Fact, FactReader, Folded, Slice } from './slice.js';
import { StateCache, type LoadedStream } from './state-cache.js';
import { StreamQueue } from './stream-queue.js';
import {
  Conflict,
  IdempotencyKeyReused,
  type Acknowledged,
  type Rehearsal,
  type Submission,
  type SubmittedCommand,
} from './submission.js';
import {
  claimsOf,
  metadataOf,
  reservationsOf,
  type AppendMetadata,
  type Decision,
  type Judged,
  type RefusedDecision,
  type Route,
  type Work,
} from './work.js';

export interface CommandsOptions {
  readonly store: EventStore;
  readonly slices: readonly Slice[];
  readonly clock: Clock;
  /** Answers a slice's question for a list, from a projection. */
  readonly lists: (name: string, question: unknown) => Promise<Fact>;
  /** The approved changes of council policy, oldest first. */
  readonly policyChanges: (read: FactReader) => Promise<readonly PolicyChange[]>;
  readonly software: string;
  /** Current version of an event type. */
  readonly versionOf: (type: string) => number;
  /** Told of each command that threw; nothing waits for it. */
  readonly onRefused?: (
    command: SubmittedCommand,
    submission: Submission,
    error: unknown,
    /** What the decider saw, where it was the one that refused. */
    seen?: RefusedDecision,
  ) => void;
  /** Current version of a command. */
  readonly commandVersionOf: (name: string) => number;
}

const tries = 3;

/**
 * Load, decide, append: the one way in which events come to be. Each command takes effect once
 * however often it is sent; all that the decision saw is kept with its first event.
 */
export class Commands {
  private readonly routes = new Map<string, Route>();
  private readonly cache: StateCache;
  private readonly queue = new StreamQueue();
  private readonly claims: CapacityClaims;
  private appended = 0;
  /** What a decider saw that refused, as long as its refusal is told. */
  private readonly refused = new WeakMap<Error, RefusedDecision>();

  /** The service's own time. */
  now(): Instant {
    return this.options.clock.now();
  }

  constructor(private readonly options: CommandsOptions) {
    this.cache = new StateCache(options.store);
    this.claims = new CapacityClaims(options.store, this.cache);
    for (const slice of options.slices) {
      for (const [name, binding] of Object.entries(slice.commands)) {
        this.routes.set(name, { slice, binding: binding });
      }
    }
  }

  /** The names of all commands that can be executed. */
  get names(): readonly string[] {
    return [...this.routes.keys()];
  }

  /** Events appended by commands of this process. */
  get appendedEvents(): number {
    return this.appended;
  }

  /** The approved changes of council policy, oldest first. */
  policyChanges(): Promise<readonly PolicyChange[]> {
    return this.options.policyChanges(this.recentReader);
  }

  /** Executes a command whose class name is its name. */
  execute(command: SubmittedCommand, submission: Submission): Promise<Acknowledged> {
    return this.executeNamed(command.constructor.name, command, submission);
  }

  async executeNamed(
    name: string,
    command: SubmittedCommand,
    submission: Submission,
  ): Promise<Acknowledged> {
    const work = this.workOf(name, command, submission);
    const { id, stream } = work;
    return this.queue.run(stream, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return { id, position: await this.decide(work) };
        } catch (error) {
          const lostRace = error instanceof WrongExpectedRevision || error instanceof Conflict;
          if (!lostRace) {
            this.options.onRefused?.(command, submission, error, this.refusedBy(error));
            throw error;
          }
          this.cache.forget(stream);
          if (attempt === tries) throw new Conflict();
          await jitter();
        }
      }
    });
  }

  /**
   * Decides a command and looks at the keys it would take, but records nothing. Throws what
   * `executeNamed` would; what it answers may have changed by the time the command is sent.
   */
  async rehearse(
    name: string,
    command: SubmittedCommand,
    submission: Submission,
  ): Promise<Rehearsal> {
    const work = this.workOf(name, command, submission);
    const judged = await this.judge(work);
    const { id } = work;
    if (judged.known) return { id, known: true, events: [], reservations: [] };
    const { events, decision, loaded } = judged;
    const reservations = events.length > 0 ? reservationsOf(work, loaded) : [];
    await freeKeys(this.options.store, reservations, decision.context.now);
    if (events.length > 0)
      await this.claims.ensureRoom(claimsOf(work, decision), decision.context.now);
    return { id, known: false, events, reservations };
  }

  private workOf(name: string, command: SubmittedCommand, submission: Submission): Work {
    const route = this.routes.get(name);
    if (!route) throw new Error(`no slice decides ${name}`);
    const { binding, slice } = route;
    const create = (category: string) => deriveId(command.commandId, category);
    const id = binding.id(command, create, submission.actor);
    const stream = binding.stream?.(id, command) ?? `${slice.category}-${id}`;
    return { name, command, submission, route, id, stream };
  }

  private async decide(work: Work): Promise<number> {
    const judged = await this.judge(work);
    if (judged.known) return judged.known.position;
    const { events, loaded, decision, fingerprint } = judged;
    if (events.length === 0) return loaded.position;
    const metadata = this.metadataFor(work, decision, fingerprint);
    const claims = claimsOf(work, decision);
    await this.claims.ensureRoom(claims, metadata.common.recordedAt);
    await reserve(this.options.store, reservationsOf(work, loaded), metadata.common);
    await this.claims.take(claims, metadata.common);
    return this.append(work, loaded, events, metadata);
  }

  private async judge(work: Work): Promise<Judged> {
    const { command, name, submission, route, stream } = work;
    const { decider } = route.slice;
    const loaded = await this.cache.load(decider, stream);
    const fingerprint = fingerprintOf(name, command, submission.actor);
    const known = loaded.commands.get(command.commandId);
    if (known) {
      if (known.fingerprint !== fingerprint) throw new IdempotencyKeyReused(command.commandId);
      return { known };
    }
    const decision = await this.contextFor(work, loaded);
    const decided = this.decidedOn(work, loaded, decision);
    const events = (decided ?? []) as readonly Event[];
    return { known: undefined, loaded, decision, events, fingerprint };
  }

  private decidedOn(work: Work, loaded: LoadedStream, decision: Decision) {
    const { name, command, route, stream } = work;
    try {
      return route.slice.decider.decide[name]?.(loaded.state, command, decision.context as never);
    } catch (error) {
      if (error instanceof Error) {
        const version = this.options.commandVersionOf(name);
        this.refused.set(error, { name, version, stream, revision: loaded.revision, decision });
      }
      throw error;
    }
  }

  private refusedBy(error: unknown): RefusedDecision | undefined {
    return error instanceof Error ? this.refused.get(error) : undefined;
  }

  private async contextFor({ command, submission, route, stream }: Work, own: LoadedStream) {
    const now = submission.simulatedNow ?? this.options.clock.now();
    const policy = policyOn(await this.policyChanges(), civilDateOf(now));
    const { actor } = submission;
    const at = { now, policy };
    const read = this.readerBeside(stream, own);
    const facts = (await route.binding.facts?.(command, read, actor, at)) ?? {};
    const values = Object.fromEntries(
      Object.entries(facts).map(([key, fact]) => [key, fact.value]),
    );
    const entropy = this.entropyFor(command);
    return {
      facts,
      context: {
        now,
        actor,
        facts: values,
        policy,
        entropy,
        rules: currentRules,
      },
    };
  }

  /** A simulation repeats itself exactly; everything else draws. */
  private entropyFor({ commandId }: SubmittedCommand): string {
    if (this.options.clock.simulated) return keyHash('simulated entropy', commandId);
    return randomBytes(16).toString('hex');
  }

  private metadataFor(work: Work, decision: Decision, fingerprint: string): AppendMetadata {
    const { clock, commandVersionOf, software } = this.options;
    const simulated = work.submission.simulatedNow !== undefined || clock.simulated;
    const version = commandVersionOf(work.name);
    return metadataOf(work, decision, { simulated, version, fingerprint, software });
  }

  private async append(
    { command, stream, route }: Work,
    loaded: LoadedStream,
    events: readonly Event[],
    metadata: AppendMetadata,
  ): Promise<number> {
    const fresh = events.map(({ type, data }, index): NewEvent => ({
      id: deriveId(command.commandId, stream, index),
      type,
      version: this.options.versionOf(type),
      data,
      metadata: index === 0 ? metadata.first : metadata.common,
    }));
    const { revision, position } = await this.options.store.append(stream, fresh, loaded.revision);
    this.appended += fresh.length;
    const firstRevision = revision - fresh.length + 1;
    this.cache.appended(
      route.slice.decider,
      stream,
      loaded,
      fresh.map((event, index) => ({
        ...event,
        stream,
        revision: firstRevision + index,
        position,
      })),
    );
    return position;
  }

  /** Council policy is asked for by every command and changes a few times a year. */
  private readonly recentReader: FactReader = {
    folded: async (decider, stream) =>
      foldedFrom(stream, await this.cache.loadRecent(decider, stream, policyWithinMs)),
    holder: (stream) => this.reader.holder(stream),
    list: (name, question) => this.reader.list(name, question),
  };

  /** A decision's own stream is not read twice: the append fails if it is not what was decided on. */
  private readerBeside(own: string, loaded: LoadedStream): FactReader {
    return {
      ...this.reader,
      folded: async (decider, stream) =>
        stream === own ? foldedFrom(stream, loaded) : this.reader.folded(decider, stream),
    };
  }

  /** Folds streams and asks lists as decisions do. */
  readonly reader: FactReader = {
    folded: async (decider, stream) => foldedFrom(stream, await this.cache.load(decider, stream)),
    holder: (stream) => holderOf(this.options.store, stream),
    list: async (name, question) => (await this.options.lists(name, question)) as never,
  };
}

/** How old the policy that a decision is made by may be where another process changed it. */
const policyWithinMs = 1_000;

const foldedFrom = <State>(stream: string, { state, revision }: LoadedStream): Folded<State> => ({
  ...{ stream, revision, state: state as State },
});

const jitter = () =>
  new Promise((resolve) =>
    setTimeout(resolve, 5 + Number.parseInt(randomBytes(1).toString('hex'), 16) / 10),
  );
