import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import type {
  WebhookBody,
  WebhookChangeBody,
  WebhookCreatedBody,
  WebhookReplayRequestBody,
  WebhookRequestBody,
} from '@securescan/contracts';
import { firstValueFrom } from 'rxjs';
import { API, deliveryRoute, webhookRoute } from '../../../core/api/routes';
import {
  parseCreatedWebhook,
  parseDelivery,
  parseReplay,
  parseWebhook,
  parseWebhookSecret,
  parseWebhookTest,
} from '../../../core/api/wire-webhooks';
import { type Problem, toProblem } from '../../../core/errors/problem';

/** What can be done with webhooks. Each resolves to what came of it, or to `null` where it was refused; `problem` says why. */
@Injectable()
export class WebhookCommands {
  private readonly http = inject(HttpClient);
  private readonly isSending = signal(false);
  private readonly refusal = signal<Problem | null>(null);

  readonly isBusy = this.isSending.asReadonly();
  readonly problem = this.refusal.asReadonly();

  forgetProblem(): void {
    this.refusal.set(null);
  }

  create(request: WebhookRequestBody): Promise<WebhookCreatedBody | null> {
    return this.send(async () => parseCreatedWebhook(await this.post(API.webhooks, request)));
  }

  change(id: string, change: WebhookChangeBody): Promise<WebhookBody | null> {
    return this.send(async () =>
      parseWebhook(await firstValueFrom(this.http.patch(webhookRoute(id), change))),
    );
  }

  /** Resolves to `true`. */
  remove(id: string): Promise<boolean | null> {
    return this.send(async () => {
      await firstValueFrom(this.http.delete(webhookRoute(id)));
      return true;
    });
  }

  /** Resolves to the new secret. */
  rotate(id: string): Promise<string | null> {
    return this.send(async () => {
      return parseWebhookSecret(await this.post(webhookRoute(id, 'rotate-secret'), null)).secret;
    });
  }

  /** Resolves to the id of the delivery that shows what comes of it. */
  test(id: string): Promise<string | null> {
    return this.send(async () => {
      return parseWebhookTest(await this.post(webhookRoute(id, 'test'), null)).delivery_id;
    });
  }

  /** Resolves to the id of the delivery that repeats this one. */
  redeliver(id: string, delivery: string): Promise<string | null> {
    return this.send(async () => {
      return parseDelivery(await this.post(deliveryRoute(id, delivery, 'redeliver'), null)).id;
    });
  }

  /** Resolves to `true`. */
  skip(id: string, delivery: string): Promise<boolean | null> {
    return this.send(async () => {
      parseDelivery(await this.post(deliveryRoute(id, delivery, 'skip'), null));
      return true;
    });
  }

  /** Resolves to how many deliveries were made. */
  replay(id: string, request: WebhookReplayRequestBody): Promise<number | null> {
    return this.send(async () => {
      return parseReplay(await this.post(webhookRoute(id, 'replay'), request)).redelivered;
    });
  }

  private post(url: string, body: unknown): Promise<unknown> {
    return firstValueFrom(this.http.post(url, body));
  }

  private async send<T>(run: () => Promise<T>): Promise<T | null> {
    if (this.isSending()) return null;
    this.isSending.set(true);
    this.refusal.set(null);
    try {
      return await run();
    } catch (error) {
      // Expected: the server refuses the URL, or the delivery has ended meanwhile. The page says why.
      this.refusal.set(toProblem(error));
      return null;
    } finally {
      this.isSending.set(false);
    }
  }
}
