import type { WebhookFormat, WebhookMessageBody } from '@securescan/contracts';
import { chatCard } from './chat/chat-card';
import { discordMessage } from './chat/discord';
import { slackMessage } from './chat/slack';
import { teamsMessage } from './chat/teams';
import { genericMessage } from './message';

/** The body of a request, as JSON in one line: the same message gives the same text. */
export function renderWebhookMessage(format: WebhookFormat, message: WebhookMessageBody): string {
  switch (format) {
    case 'generic':
      return genericMessage(message);
    case 'slack':
      return slackMessage(chatCard(message));
    case 'discord':
      return discordMessage(chatCard(message));
    case 'teams':
      return teamsMessage(chatCard(message));
  }
}

const SLACK = /^hooks\.slack(?:-gov)?\.com$/u;
const DISCORD = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/u;
const DISCORD_PATH = /^\/api\/(?:v\d+\/)?webhooks\//u;
const TEAMS = /\.(?:webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/u;

/** What the receiver at a URL reads, unless its subscriber says otherwise. @param url as the standard's parser has it. */
export function webhookFormatOf(url: {
  readonly hostname: string;
  readonly pathname: string;
}): WebhookFormat {
  const host = url.hostname.replace(/\.$/u, '');
  if (SLACK.test(host)) return 'slack';
  if (DISCORD.test(host) && DISCORD_PATH.test(url.pathname)) return 'discord';
  return TEAMS.test(host) ? 'teams' : 'generic';
}
