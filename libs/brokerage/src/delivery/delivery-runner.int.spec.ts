import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import type { EventStore } from '#eventstore/event-store.js';
import { soleLease, type Lease } from '#eventstore/lease.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { Commands } from '#platform/commands/commands.js';
import type { Slice } from '#platform/commands/slice.js';
import { FolderTransport } from '#platform/mail/folder-transport.js';
import { MailNotSent, type Mail, type MailTransport } from '#platform/mail/mail-transport.js';
import { acorn, packageId, requestId } from '../package/package.fixtures.js';
import { providerSlice } from '../provider/provider.slice.js';
import type { AttemptOutcome, Letter } from './delivery-attempts.js';
import { DeliveryRunner } from './delivery-runner.js';
import { invitationDeliveryId } from './delivery.rules.js';
import { deliverySlice, deliveryStream } from './delivery.slice.js';

const source = '0193a000-0000-7000-8000-000000000001';
const to = 'requests@acorn.example';
const letter: Letter = { to, subject: 'R-AAAA-BBBB', text: 'Words', html: '<p>Words</p>' };

describe('The runner of deliveries', () => {
  let folder: string;
  let store: EventStore;
  let commands: Commands;
  let providerId: string;
  let outcomes: AttemptOutcome[];
  let now: string;
  const runners: DeliveryRunner[] = [];

  const commandsOn = (log: EventStore): Commands =>
    new Commands({
      store: log,
      slices: [deliverySlice, providerSlice] as readonly Slice[],
      clock: { now: () => now, simulated: false },
      lists: () => Promise.reject(new Error('there is no list')),
      policyChanges: () => Promise.resolve([]),
      software: 'test',
      versionOf: () => 1,
      commandVersionOf: () => 1,
    });
  const send = (name: string, fields: object, index: number) => {
    const commandId = deriveId(source, name, index);
    return commands.executeNamed(name, { commandId, ...fields }, { actor: systemActor });
  };
  const deliveryIdOf = (request: string) => invitationDeliveryId(request, providerId);
  const prepare = async (request = requestId): Promise<string> => {
    const deliveryId = deliveryIdOf(request);
    const about = { kind: 'request-invitation', providerId, packageId, requestId: request };
    await send('PrepareDelivery', { deliveryId, ...about }, Number(request !== requestId));
    return deliveryId;
  };
  const mailFolder = () => join(folder, 'mail');
  const mails = (): string[] =>
    readdirSync(mailFolder()).map((name) => readFileSync(join(mailFolder(), name), 'utf8'));
  const idsOf = (raw: readonly string[]) =>
    raw.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);
  const told = async (deliveryId: string): Promise<string[]> => {
    const events = await store.read(deliveryStream(deliveryId));
    return events.map(({ type, data }) =>
      (data as { afterUnknown?: true }).afterUnknown ? `${type} again` : type,
    );
  };

  function runner(over: {
    readonly transport?: MailTransport;
    readonly letter?: () => Promise<Letter>;
    readonly lease?: Pick<Lease, 'ensureHeld'>;
    readonly commands?: Commands;
  }): DeliveryRunner {
    const made = new DeliveryRunner({
      ...{ store, commands, lease: soleLease(), from: 'brokerage@council.example' },
      clock: { now: () => now },
      transport: new FolderTransport(mailFolder(), () => now),
      letter: () => Promise.resolve(letter),
      onAttempt: (outcome) => outcomes.push(outcome),
      ...over,
    });
    runners.push(made);
    made.begin();
    return made;
  }

  /** Writes the mail and then fails to hear that it was taken, the first time. */
  const deaf = (times = 1): MailTransport => {
    const real = new FolderTransport(mailFolder(), () => now);
    return {
      async send(mail: Mail) {
        await real.send(mail);
        if ((times -= 1) >= 0) throw new Error('the connection was cut');
      },
    };
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
    store = await openSqliteStore({ file: join(folder, 'events.db') });
    now = '2026-03-02T12:00:00.000Z';
    outcomes = [];
    commands = commandsOn(store);
    const names = { legalName: 'Acorn Homecare', tradingNames: [], cqcLocationIds: [] };
    ({ id: providerId } = await send('RegisterProvider', names, 0));
    const profile = { carerGenders: [], skills: [], languages: [], patches: [] };
    await send('RecordProviderProfile', { providerId, ...profile, requestMailbox: to }, 0);
  });
  afterEach(async () => {
    for (const one of runners.splice(0)) await one.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('sends what is prepared, records it before and after, and never again', async () => {
    const first = runner({});
    const deliveryId = await prepare();
    await first.idle();
    await first.close();
    await runner({}).idle();
    expect(idsOf(mails())).toEqual([`<${deliveryId}@council.example>`]);
    expect(await told(deliveryId)).toEqual(['DeliveryPrepared', 'DeliveryStarted', 'DeliverySent']);
    expect(outcomes).toEqual(['sent']);
  });

  it('takes up what was prepared while it was away', async () => {
    await prepare();
    await prepare(acorn);
    await runner({}).idle();
    expect(new Set(idsOf(mails())).size).toBe(2);
  });

  it('sends one copy more, of the same id and counted, where an answer was lost', async () => {
    const deliveryId = await prepare();
    await runner({ transport: deaf() }).idle();
    const id = `<${deliveryId}@council.example>`;
    expect(idsOf(mails())).toEqual([id, id]);
    expect(await told(deliveryId)).toEqual([
      ...['DeliveryPrepared', 'DeliveryStarted', 'DeliveryStarted again', 'DeliverySent'],
    ]);
    expect(outcomes).toEqual(['unknown', 'possible-duplicate', 'sent']);
  });

  it('leaves a second lost answer to a person: no third copy goes out', async () => {
    const deliveryId = await prepare();
    await runner({ transport: deaf(2) }).idle();
    expect(mails()).toHaveLength(2);
    expect((await told(deliveryId)).at(-1)).toBe('DeliveryGivenUp');
    await send('RetryDelivery', { deliveryId }, 0);
    await runners[0]?.idle();
    expect((await told(deliveryId)).slice(-2)).toEqual(['DeliveryStarted', 'DeliverySent']);
  });

  it('sends nothing where another worker has begun the attempt meanwhile', async () => {
    const deliveryId = await prepare();
    const held = Promise.withResolvers<Letter>();
    const asked = Promise.withResolvers<undefined>();
    const unseen: string[] = [];
    const seen = new FolderTransport(mailFolder(), () => now);
    const taken = Promise.withResolvers<undefined>();
    const leaving = Promise.withResolvers<undefined>();
    const paused = runner({
      // A process of its own would have a cache of its own.
      commands: commandsOn(store),
      transport: { send: ({ messageId }) => Promise.resolve(void unseen.push(messageId)) },
      letter: () => {
        asked.resolve(undefined);
        return held.promise;
      },
    });
    await asked.promise;
    const working = runner({
      transport: {
        async send(mail) {
          leaving.resolve(undefined);
          await taken.promise;
          await seen.send(mail);
        },
      },
    });
    await leaving.promise;
    held.resolve(letter);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(unseen).toEqual([]);
    taken.resolve(undefined);
    await Promise.all([working.idle(), paused.idle()]);
    expect(unseen).toEqual([]);
    expect(await told(deliveryId)).toEqual(['DeliveryPrepared', 'DeliveryStarted', 'DeliverySent']);
  }, 15_000);

  it('does not send without its lease, though the attempt was recorded', async () => {
    const deliveryId = await prepare();
    const lost = soleLease();
    await lost.release();
    await runner({ lease: lost }).idle();
    expect(await told(deliveryId)).toEqual(['DeliveryPrepared', 'DeliveryStarted']);
    expect(outcomes).toEqual([]);
    await runner({}).idle();
    expect(await told(deliveryId)).toEqual([
      ...['DeliveryPrepared', 'DeliveryStarted', 'DeliveryStarted again', 'DeliverySent'],
    ]);
    expect(mails()).toHaveLength(1);
  });

  it('gives up what has become pointless', async () => {
    const deliveryId = await prepare();
    await runner({ letter: () => Promise.resolve({ pointless: 'request-not-open' }) }).idle();
    expect(await told(deliveryId)).toEqual(['DeliveryPrepared', 'DeliveryGivenUp']);
  });

  it('tries again when its time has come, not before', async () => {
    const deliveryId = await prepare();
    const real = new FolderTransport(mailFolder(), () => now);
    let away = true;
    const transport: MailTransport = {
      send: (mail) => (away ? Promise.reject(new MailNotSent('unavailable')) : real.send(mail)),
    };
    const first = runner({ transport });
    while (outcomes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await first.close();
    away = false;
    now = '2026-03-02T12:00:59.999Z';
    const second = runner({ transport });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await second.close();
    expect(outcomes).toEqual(['failed']);
    now = '2026-03-02T12:01:00.000Z';
    await runner({ transport }).idle();
    expect(await told(deliveryId)).toEqual([
      ...[
        'DeliveryPrepared',
        'DeliveryStarted',
        'DeliveryFailed',
        'DeliveryStarted',
        'DeliverySent',
      ],
    ]);
    expect(outcomes).toEqual(['failed', 'sent']);
  });

  it('tells a folder that cannot be written apart from a mail that may have left', async () => {
    const file = join(folder, 'events.db', 'mail');
    const transport = new FolderTransport(file, () => now);
    const mail = { messageId: '<a@b>', from: to, to, subject: 's', text: 't', html: 'h' };
    await expect(transport.send(mail)).rejects.toThrow(MailNotSent);
  });
});
