import type { Event } from '#kernel/decider.js';

/** The stream of a person and service line names the open package (X1). */
export type KeyReserved = Event<'KeyReserved', { holder: string }>;
export type KeyReleased = Event<'KeyReleased', { holder: string }>;
