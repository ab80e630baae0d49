/** What happens to webhooks and to what they are to be told. */
export interface WebhookDomainEvents {
  /** There may be something to send to it. */
  'webhook.due': { readonly webhookId: string };
  'webhook.deleted': { readonly webhookId: string };
  /** It was disabled by itself; told in the unit of work that does so. */
  'webhook.disabled': {
    readonly webhookId: string;
    readonly name: string;
    /** `gone`: the receiver said that it will not be there again. */
    readonly reason: 'gone' | 'failing';
  };
}
