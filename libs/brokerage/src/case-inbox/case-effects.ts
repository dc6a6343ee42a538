import type { Actor } from '#kernel/actor.js';
import { deriveId, keyHash } from '#kernel/ids.js';
import { isDeepStrictEqual } from 'node:util';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { InputPipe } from '#platform/graphql/input.pipe.js';
import { packageDecider } from '../package/package.decider.js';
import { packageStream } from '../package/package.facts.js';
import { ReferPackage } from '../package/package.referral.commands.js';
import type { PackageState } from '../package/package.rules.js';
import { IdentityInput } from '../service-user/service-user.commands.js';
import { serviceUserDecider } from '../service-user/service-user.decider.js';
import { serviceUserStream } from '../service-user/service-user.facts.js';
import type { PersonCase } from '../service-user/service-user.rules.js';
import { ensure } from './case-inbox.rules.js';

/** What a message is about. */
export interface Subject {
  readonly messageId: string;
  readonly personId: string;
  readonly system: string;
  readonly personRef: string;
}

/** A package of the person, as it stands. */
export interface OwnPackage {
  readonly packageId: string;
  readonly state: PackageState;
}

/** The commands that one message sends: each takes effect once, however often the message is tried. */
export class CaseEffects {
  /** Names of the commands that were sent. */
  readonly sent: string[] = [];
  private readonly touched = new Set<string>();
  private readonly by: Submission;
  private readonly inputs = new InputPipe();

  constructor(
    private readonly commands: Commands,
    readonly subject: Subject,
    causationId: string,
  ) {
    this.by = { actor: caseSystemActor(subject.system), causationId };
  }

  get packageIds(): string[] {
    return [...this.touched];
  }

  /** Sends a command; `of` tells commands of one name apart. Throws what its rules refuse. */
  async send(name: string, fields: object, of = ''): Promise<string> {
    const commandId = deriveId(this.subject.messageId, name, of);
    const { id } = await this.commands.executeNamed(name, { ...fields, commandId }, this.by);
    this.sent.push(name);
    return id;
  }

  /** Sends a command about a package. */
  async change(name: string, packageId: string, fields: object): Promise<void> {
    this.touched.add(packageId);
    await this.send(name, { packageId, ...fields }, packageId);
  }

  /** Refers a package with what is said, as a worker who types it would: gaps are kept. */
  async refer(fields: object): Promise<void> {
    const commandId = deriveId(this.subject.messageId, 'ReferPackage', '');
    const input = { commandId, ...fields, keepIncomplete: true };
    const command = await this.validated(ReferPackage, input);
    this.touched.add(await this.send('ReferPackage', command));
  }

  /** Records who the person is, or corrects it where it is known otherwise. */
  async identify(given: object, reason: string): Promise<void> {
    const { personId } = this.subject;
    const identity = await this.validated(IdentityInput, given);
    const stream = serviceUserStream(personId);
    const { state } = await this.commands.reader.folded(serviceUserDecider, stream);
    if (!state.identity) await this.send('RecordIdentity', { personId, identity });
    else if (!isDeepStrictEqual({ ...state.identity }, { ...identity })) {
      await this.send('CorrectIdentity', { personId, identity, reason });
    }
  }

  /** The package of a referral that came before. Throws where none did. */
  async packageOf(referralRef: string): Promise<OwnPackage> {
    const stream = `referral-${keyHash(this.subject.system, referralRef)}`;
    const packageId = await this.commands.reader.holder(stream);
    ensure(packageId, 'CaseReferralUnknown', { path: 'data.referralRef' });
    this.touched.add(packageId);
    return this.packageNow(packageId);
  }

  /** The person's packages that are not over. */
  async openPackages(): Promise<readonly OwnPackage[]> {
    const { personId } = this.subject;
    const { reader } = this.commands;
    const { value } = await reader.list<readonly PersonCase[]>('casesOfPerson', { personId });
    const open = value.filter(({ over }) => !over);
    return Promise.all(open.map(({ packageId }) => this.packageNow(packageId)));
  }

  async packageNow(packageId: string): Promise<OwnPackage> {
    const { reader } = this.commands;
    const { state } = await reader.folded(packageDecider, packageStream(packageId));
    return { packageId, state };
  }

  private validated(metatype: new () => object, value: object): Promise<object> {
    return this.inputs.transform(value, { type: 'body', metatype }) as Promise<object>;
  }
}

/** Who a case system's messages are by: nobody in person. */
export const caseSystemActor = (system: string): Actor => ({
  ...{ id: `case-system-${system}`, roles: ['case-system'] },
});
