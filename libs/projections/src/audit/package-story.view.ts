import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';

export const storyChapters = ['package', 'question', 'week', 'visit'] as const;
export type StoryChapter = (typeof storyChapters)[number];

const StoryChapterCode = codeList(
  'StoryChapter',
  storyChapters,
  'What a line of a story tells of. `WEEK`: all visits of a week in one line; `VISIT`: one that did not go as planned.',
);

/** One line of a package's story. */
@ObjectType()
export class StoryLine {
  /** When it was recorded; of a week, its first day. */
  at: string;

  /** The same as a London clock showed it. */
  london: string;

  @Field(() => StoryChapterCode)
  chapter: StoryChapter;

  /** Who acted; `system` is the service itself. Absent of a week. */
  by?: string;

  roles: string[];

  /** One plain sentence, without words about a person. */
  sentence: string;

  /** The event that it tells. Absent of a week. */
  @Field(() => ID, { nullable: true })
  eventId?: string;

  type?: string;

  /** The visit that it is about. */
  @Field(() => ID, { nullable: true })
  visitId?: string;

  @HideField()
  position: number;
}

/** The whole life of a package, in the order in which it was recorded. */
@ObjectType()
export class PackageStory {
  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  personId: string;

  /** Everything that was known lies up to this position. */
  knownUpTo: string;

  lines: StoryLine[];
}
