/** What writes down hashes of a log that does not keep them with its events. */
export interface Sealing {
  /** How many events are sealed, as far as this process knows. */
  readonly sealedEvents: number;
  /** Seals what is left and ends. */
  close(): Promise<void>;
}
