import { Controller, Get, Inject, Req, Res, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import type { SignedRequest } from '#platform/viewer/current-actor.js';
import { TooManyRequests } from '#platform/viewer/refusals.js';
import { Roles, everyRole } from '#platform/viewer/roles.js';
import { LOG } from '../read-side.js';
import { EventStream } from './event-stream.js';
import { LiveHints } from './live-hints.js';

const heartbeatMs = 15_000;
const unreadBytes = 256 * 1024;
const streamsOfOne = 16;

/** Server-sent events: which rows of which lists have changed, never how. */
@Controller('events')
export class LiveUpdatesController implements OnModuleDestroy {
  private readonly open = new Map<EventStream, string>();

  constructor(
    private readonly live: LiveHints,
    @Inject(LOG) private readonly log: { readonly logId: string },
  ) {}

  @Get()
  @Roles(...everyRole)
  async follow(@Req() request: SignedRequest, @Res() response: Response): Promise<void> {
    const signedIn = await request.signedIn;
    if (!signedIn) throw new Error('a viewer is known only behind the guard');
    const { actor: viewer, expiresAtMs } = signedIn;
    this.ensureRoom(viewer.id);
    response.writeHead(200, {
      ...{ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
      'x-accel-buffering': 'no',
    });
    const { logId } = this.log;
    const after = resumedAfter(request.headers['last-event-id'], logId);
    const missed = after === undefined ? [] : this.live.missed(viewer, after);
    const options = { logId, heartbeatMs, unreadBytes, expiresAtMs, now: Date.now };
    const stream = new EventStream(response, (missed && after) ?? this.live.position, options);
    const leave = this.live.listen({
      viewer,
      hints: (hints, upTo) => stream.hints(hints, upTo),
      reset: () => stream.reset(this.live.position),
    });
    this.open.set(stream, viewer.id);
    response.on('close', () => {
      leave();
      this.open.delete(stream);
    });
    stream.begin();
    if (missed) stream.hints(missed, this.live.position);
    else stream.reset(this.live.position);
  }

  /** A server that stops waits for nobody who listens. */
  onModuleDestroy(): void {
    for (const stream of this.open.keys()) stream.end('closing');
  }

  private ensureRoom(viewerId: string): void {
    const own = [...this.open.values()].filter((id) => id === viewerId).length;
    if (own >= streamsOfOne) throw new TooManyRequests(60);
  }
}

/** Where a client was that comes back; one that was at another log was nowhere (-1). */
function resumedAfter(lastEventId: unknown, logId: string): number | undefined {
  if (typeof lastEventId !== 'string') return undefined;
  const [, log, position] = /^([\w-]+):(\d{1,15})$/.exec(lastEventId) ?? [];
  return log === logId ? Number(position) : -1;
}
