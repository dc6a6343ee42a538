import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import {
  DocumentKindCode,
  DocumentTargetCode,
  DocumentVisibilityCode,
} from '#brokerage/document/document.commands.js';
import type {
  DocumentKind,
  DocumentTarget,
  DocumentVisibility,
} from '#brokerage/document/document.events.js';

/** A specification or tender document; its content is at `GET /documents/<documentId>` (S2-22). */
@ObjectType()
export class AttachedDocument {
  @Field(() => ID)
  documentId: string;

  @Field(() => DocumentTargetCode)
  target: DocumentTarget;

  @Field(() => ID)
  targetId: string;

  @Field(() => DocumentKindCode)
  kind: DocumentKind;

  title: string;

  @Field(() => DocumentVisibilityCode)
  visibility: DocumentVisibility;

  /** SHA-256 of the content, as hex. */
  sha256: string;

  mediaType: string;

  bytes: number;

  attachedAt: string;

  @HideField()
  attachedBy: string;

  /** Who expressed interest in what it is attached to. */
  @HideField()
  interested: string[];
}
