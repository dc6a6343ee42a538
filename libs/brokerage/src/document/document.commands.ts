import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import {
  documentKinds,
  documentTargets,
  documentVisibilities,
  type DocumentKind,
  type DocumentTarget,
  type DocumentVisibility,
} from './document.events.js';

export const DocumentTargetCode = codeList(
  'DocumentTarget',
  documentTargets,
  'What a document is attached to.',
);
export const DocumentKindCode = codeList('DocumentKind', documentKinds, 'What a document is.');
export const DocumentVisibilityCode = codeList(
  'DocumentVisibility',
  documentVisibilities,
  'Which providers may read a document (S1-3).',
);

/** Attaches a content that has just arrived. Sent by the route that takes documents. */
export class AttachDocument extends Submitted {
  target: DocumentTarget;
  targetId: string;
  kind: DocumentKind;
  title: string;
  visibility: DocumentVisibility;
  sha256: string;
  mediaType: string;
  bytes: number;
}

/** Records a provider's interest in a contract or framework: it may then read its documents (S1-3). */
@InputType()
export class ExpressInterest extends Submitted {
  @Field(() => DocumentTargetCode)
  @IsIn(documentTargets)
  target: DocumentTarget;

  @IsUUID()
  targetId: string;

  /** Needed by a commissioner who records it for a provider; a provider expresses its own. */
  @IsOptional()
  @IsUUID()
  providerId?: string;
}

export interface DocumentCommands {
  AttachDocument: AttachDocument;
}

export interface InterestCommands {
  ExpressInterest: ExpressInterest;
}
