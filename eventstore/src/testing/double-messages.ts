import type {
  AppendReq,
  BatchAppendReq,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { Expected, Proposed, Recorded } from './double-events.js';
import { protocol } from './protocol.js';

const ticksPerMs = 10_000n;

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const identifierOf = (stream: string): StreamIdentifier =>
  new protocol.shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));

export function idOf(uuid: UUID | undefined): string {
  if (!uuid?.hasStructured()) return uuid?.getString() ?? '';
  const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const structured = uuid.getStructured();
  const hex =
    half(structured?.getMostSignificantBits() ?? '0') +
    half(structured?.getLeastSignificantBits() ?? '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function uuidOf(id: string, structured = false): UUID {
  if (!structured) return new protocol.shared.UUID().setString(id);
  const hex = id.replaceAll('-', '');
  const half = (at: number) => BigInt.asIntN(64, BigInt(`0x${hex.slice(at, at + 16)}`)).toString();
  return new protocol.shared.UUID().setStructured(
    new protocol.shared.UUID.Structured()
      .setMostSignificantBits(half(0))
      .setLeastSignificantBits(half(16)),
  );
}

export const proposedOf = (
  message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage,
): Proposed => ({
  id: idOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? 'application/octet-stream',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

interface ExpectationChoice {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

export const expectedOf = (choice: ExpectationChoice, revision: string): Expected => {
  if (choice.hasNoStream()) return -1;
  if (choice.hasAny()) return 'any';
  return choice.hasStreamExists() ? 'exists' : Number(revision);
};

/** An event as reads and subscriptions answer it; a link that was followed comes along. */
export function readEventOf(
  { event, link }: { readonly event: Recorded | undefined; readonly link?: Recorded },
  isStructured: boolean,
): ReadResp {
  const read = new protocol.streams.ReadResp.ReadEvent();
  const place = (link ?? event)?.position;
  if (event) read.setEvent(recordedOf(event, isStructured));
  if (link) read.setLink(recordedOf(link, isStructured));
  if (place !== undefined) read.setCommitPosition(String(place));
  return new protocol.streams.ReadResp().setEvent(read);
}

function recordedOf(event: Recorded, isStructured: boolean): ReadResp.ReadEvent.RecordedEvent {
  const position = String(event.position);
  const recorded = new protocol.streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidOf(event.id, isStructured))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', String(BigInt(event.createdMs) * ticksPerMs));
  return recorded;
}
