import { deriveId, keyHash, uuidV7 } from '#kernel/ids.js';
import type { StartedApi } from '../started-api.js';

/** A client's own stream of numbers, so that a failed run can be repeated from its printed seed. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  below(sides: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % sides;
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(Math.max(1, items.length))];
  }
}

/** What the clients know of the packages they fight over. */
export interface Board {
  readonly packageIds: readonly string[];
  readonly providerIds: readonly string[];
  readonly startOn: string;
  /** Requests and offers that any client has made so far. */
  readonly requests: { readonly requestId: string; readonly packageId: string }[];
  readonly offers: {
    readonly offerId: string;
    readonly providerId: string;
    readonly packageId: string;
  }[];
  readonly cases: { readonly caseId: string; readonly packageId: string }[];
}

/** One thing that someone may do to a package at any moment, whatever its stage. */
export interface Move {
  readonly command: string;
  readonly person: string;
  readonly fields: object;
}

export type MoveMaker = (dice: Dice, board: Board) => Move | undefined;

export interface Played {
  readonly done: number;
  readonly refused: ReadonlyMap<string, number>;
  /** Answers that no rule explains. */
  readonly faults: readonly string[];
}

/** Plays moves one after another; several of these run side by side against one service. */
export async function playMoves(
  api: StartedApi,
  board: Board,
  { seed, moves, makers }: { seed: number; moves: number; makers: readonly MoveMaker[] },
): Promise<Played> {
  const dice = new Dice(seed);
  const refused = new Map<string, number>();
  const faults: string[] = [];
  let done = 0;
  for (let count = 0; count < moves; count += 1) {
    const move = dice.pick(makers)?.(dice, board);
    if (!move) continue;
    const commandId = uuidV7(Date.now(), keyHash(`${seed}`, count));
    const { data, errors } = await send(api, move, commandId);
    const code = errors?.[0]?.extensions.violations[0]?.code ?? errors?.[0]?.extensions.code;
    if (code === undefined) done += 1;
    else refused.set(code, (refused.get(code) ?? 0) + 1);
    if (code === 'INTERNAL' || code === 'BAD_USER_INPUT') {
      faults.push(`${move.command}: ${JSON.stringify(errors)}`);
    }
    if (data) remember(board, move, { id: data.id, commandId });
  }
  return { done, refused, faults };
}

async function send(api: StartedApi, { command, person, fields }: Move, commandId: string) {
  const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
  const mutation = `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id } }`;
  const input = { commandId, ...fields };
  const { data, errors } = await api.graphql<{ sent: { id: string } }>(person, mutation, { input });
  return { data: data?.sent, errors };
}

/** Ids are derived from the command's, so that a client knows a request before any list does. */
function remember(board: Board, move: Move, sent: { id: string; commandId: string }): void {
  const { command, person } = move;
  const { packageId, requestId } = move.fields as { packageId?: string; requestId?: string };
  if (command === 'IssueRequest' && packageId) {
    board.requests.push({ requestId: deriveId(sent.commandId, 'request'), packageId });
  }
  if (command === 'OpenPanelCase' && packageId) {
    board.cases.push({ caseId: deriveId(sent.commandId, 'panelCase'), packageId });
  }
  const of = board.requests.find((request) => request.requestId === requestId)?.packageId;
  if (command !== 'SubmitOffer' || !of) return;
  if (board.offers.some(({ offerId }) => offerId === sent.id)) return;
  const providerId = person.slice('provider:'.length);
  board.offers.push({ offerId: sent.id, providerId, packageId: of });
}
