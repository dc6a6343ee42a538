import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import type { StartedApi } from './started-api.js';

export interface Sent {
  readonly id: string;
  readonly position: string;
}

const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(isoWeekOf(today));

/** A council with a framework, providers on it and a person referred, made as its people would. */
export class SourcedCouncil {
  readonly providers: string[] = [];
  packageId = '';

  private constructor(
    private readonly api: StartedApi,
    /** Who refers people and issues requests. */
    private readonly broker: string,
  ) {}

  /** @param legalNames one provider each, all invited to every request */
  static async make(api: StartedApi, broker: string, legalNames: readonly string[]) {
    const council = new SourcedCouncil(api, broker);
    const { frameworkId, openingId } = await council.opened();
    for (const name of legalNames) {
      council.providers.push(await council.admitted(name, frameworkId, openingId));
    }
    await council.refer();
    return council;
  }

  async send(person: string, command: string, fields: object): Promise<Sent> {
    return (await this.api.data<{ sent: Sent }>(person, ...mutation(command, fields))).sent;
  }

  /** The code with which a command is refused. */
  async codeFor(person: string, command: string, fields: object): Promise<string | undefined> {
    return (await this.api.graphql(person, ...mutation(command, fields))).errors?.[0]?.extensions
      .code;
  }

  /** Issues the request for the person’s care and answers its id. */
  async issueRequest(): Promise<string> {
    const { packageId } = this;
    const { position } = await this.send(this.broker, 'IssueRequest', { packageId });
    const { package: found } = await this.api.data<{ package: { request: { requestId: string } } }>(
      this.broker,
      'query ($id: ID!, $after: String) { package(id: $id, after: $after) { request { requestId } } }',
      { id: packageId, after: position },
    );
    return found.request.requestId;
  }

  private async opened() {
    const { id: frameworkId } = await this.send('commissioner', 'EstablishFramework', {
      ...{ name: 'Care at home', startsOn: monday, lastDay: addDays(monday, 700) },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    });
    const opening = { frameworkId, opensOn: monday, lots: ['lot-1'] };
    const { position: after } = await this.send('commissioner', 'OpenFramework', opening);
    const { frameworks } = await this.api.data<{
      frameworks: { frameworks: { openings: { openingId: string }[] }[] };
    }>(
      'commissioner',
      'query ($after: String) { frameworks(after: $after) { frameworks { openings { openingId } } } }',
      { after },
    );
    return { frameworkId, openingId: frameworks.frameworks[0]?.openings[0]?.openingId ?? '' };
  }

  private async admitted(legalName: string, frameworkId: string, openingId: string) {
    const names = { legalName, tradingNames: [], cqcLocationIds: [] };
    const { id: providerId } = await this.send('commissioner', 'RegisterProvider', names);
    const terms = { providerId, frameworkId, type: 'FRAMEWORK', startsOn: monday };
    const { id: contractId } = await this.send('commissioner', 'OpenContract', terms);
    const admission = { contractId, openingId, lots: ['lot-1'], admittedOn: monday };
    await this.send('commissioner', 'AdmitToLots', admission);
    return providerId;
  }

  private async refer(): Promise<void> {
    const referred = await this.send(this.broker, 'ReferPackage', {
      reference: { system: 'casebook', personRef: 'P-1', referralRef: 'R-1' },
      directPayment: { outcome: 'NOT_WANTED' },
      needs: {
        ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'PART', startOn: today },
        ...{ postcodeDistrict: 'ZZ1', patch: 'North', ageBand: 'AGE_BAND_85_PLUS' },
        ...{ gender: 'FEMALE', carerGenderNeed: 'ANY' },
        schedule: [
          {
            ...{ days: [1, 2, 3], start: '08:00', minutes: 30, carers: 1 },
            ...{ tasks: ['PERSONAL_CARE'], critical: false },
          },
        ],
      },
    });
    this.packageId = referred.id;
    const { package: found } = await this.api.data<{ package: { personId: string } }>(
      this.broker,
      'query ($id: ID!, $after: String) { package(id: $id, after: $after) { personId } }',
      { id: this.packageId, after: referred.position },
    );
    const identity = { name: 'Ottoline Fernsby', bornOn: '1941-02-03', postcode: 'ZZ1 1AB' };
    const addressLines = ['12 Quillfeather Lane'];
    const { personId } = found;
    const fields = { personId, identity: { ...identity, addressLines } };
    await this.send(this.broker, 'RecordIdentity', fields);
  }
}

function mutation(command: string, fields: object) {
  const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
  const commandId = newCommandId();
  return [
    `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`,
    { input: { commandId, ...fields } },
  ] as const;
}
