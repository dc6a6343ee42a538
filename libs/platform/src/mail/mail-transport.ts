/** A message as it leaves. */
export interface Mail {
  /** With angle brackets; the same for every attempt to send the same thing. */
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands mail to a mail system. */
export interface MailTransport {
  /**
   * Resolves once the mail system has taken it. Throws `MailNotSent` when it surely did not; any
   * other error means that it may have.
   */
  send(mail: Mail): Promise<void>;
}

/** `unavailable`: worth another try. `address-refused`: the mailbox itself. */
export type MailFault = 'unavailable' | 'refused' | 'address-refused';

/** The mail surely did not leave. */
export class MailNotSent extends Error {
  override readonly name = 'MailNotSent';

  constructor(
    readonly fault: MailFault,
    options?: ErrorOptions,
  ) {
    super(`the mail was not sent: ${fault}`, options);
  }
}
