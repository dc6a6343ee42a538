/** Records that somebody looks at evidence. Sent by the query that answers it. */
export interface RecordAuditLook {
  commandId: string;
  what: string;
  subjects: readonly string[];
}

export interface AuditLookCommands {
  RecordAuditLook: RecordAuditLook;
}
