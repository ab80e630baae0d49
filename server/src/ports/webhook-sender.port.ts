/** One request to a receiver, complete but for the time and the signatures. */
export interface WebhookMessage {
  readonly webhookId: string;
  readonly deliveryId: string;
  /** The same on every attempt, and when the message is sent once more on request. */
  readonly messageId: string;
  readonly event: string;
  readonly url: string;
  /** The operator's own headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as these bytes, in UTF-8. */
  readonly body: string;
  /** The current one first; each signs. */
  readonly secrets: readonly string[];
  /** It says of itself that others may have overtaken it. */
  readonly isOutOfOrder: boolean;
}

/** What came back. Exactly one of `responseCode` and `error` is set. */
export interface WebhookAnswer {
  readonly responseCode: number | null;
  /** As the header says it. */
  readonly retryAfter: string | null;
  /** The beginning of the body without what is secret, so that it can be shown; `null` where nothing could be read as text. */
  readonly responseBody: string | null;
  /** One line that says why there is no answer. */
  readonly error: string | null;
}

/** Sends requests to receivers. */
export abstract class WebhookSender {
  /**
   * Why nothing is ever sent to a URL, as a sentence without its subject; `null` where its address decides, which is looked up
   * for each connection.
   */
  abstract problemOfUrl(url: string): string | null;

  /** Never rejects, and resolves within its deadline whatever the receiver does. */
  abstract send(message: WebhookMessage): Promise<WebhookAnswer>;
}
