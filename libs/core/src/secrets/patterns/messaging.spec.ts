import { MESSAGING_PATTERNS } from './messaging';
import { describePatterns } from './patterns.contract';
import { digits, hex, text, uuid } from './sample-values.contract';

describePatterns('messaging', MESSAGING_PATTERNS, [
  { kind: 'slack-token', value: `xoxb-${digits(12)}-${text(24)}`, nearMiss: `xoxb-${digits(9)}` },
  { kind: 'slack-token', value: `xoxe.xoxp-1-${text(30)}`, nearMiss: 'xoxe.xoxp-1-a' },
  { kind: 'slack-token', value: `xapp-1-${text(18)}` },
  {
    kind: 'slack-webhook',
    line: '"@"',
    value: `https://hooks.slack.com/services/T${text(8)}/B${text(11)}/${text(24)}`,
    nearMiss: `https://hooks.slack.com/services/T${text(8)}/B${text(11)}/x`,
  },
  {
    kind: 'discord-webhook',
    line: '"@"',
    value: `https://discord.com/api/webhooks/${digits(18)}/${text(60)}`,
  },
  {
    kind: 'discord-bot-token',
    line: 'client.login("@")',
    value: `MT${text(22)}.${text(6)}.${text(27)}`,
  },
  { kind: 'telegram-bot-token', value: `${digits(9)}:AA${text(33)}` },
  {
    kind: 'teams-webhook',
    line: '"@"',
    value: `https://acme.webhook.office.com/webhookb2/${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}`,
  },
  {
    kind: 'power-automate-webhook',
    line: '"@"',
    value: `https://prod-12.westus.logic.azure.com:443/workflows/${hex(32)}/triggers/manual/paths/invoke?sp=run&sig=${text(40)}`,
  },
  {
    kind: 'google-chat-webhook',
    line: '"@"',
    value: `https://chat.googleapis.com/v1/spaces/AAAA${text(7)}/messages?key=AI${text(37)}&token=${text(30)}`,
  },
  {
    kind: 'zapier-webhook',
    line: '"@"',
    value: `https://hooks.zapier.com/hooks/catch/1234567/${hex(5)}`,
  },
  { kind: 'twilio-api-key', value: `SK${hex(32)}` },
  { kind: 'twilio-auth-token', line: 'TWILIO_AUTH_TOKEN=@', value: hex(32) },
  { kind: 'sendgrid-api-key', value: `SG.${text(22)}.${text(43)}` },
  { kind: 'mailgun-api-key', value: `key-${hex(32)}` },
  { kind: 'mailgun-api-key', line: 'MAILGUN_API_KEY=@', value: `${hex(32)}-${hex(8)}-${hex(8)}` },
  { kind: 'mailchimp-api-key', value: `${hex(32)}-us1` },
  { kind: 'brevo-api-key', value: `xkeysib-${hex(64)}-${text(16)}` },
  { kind: 'resend-api-key', value: `re_${text(8)}_${text(24)}` },
  { kind: 'postmark-token', line: 'POSTMARK_SERVER_TOKEN=@', value: uuid },
  { kind: 'facebook-access-token', value: `EAAC${text(90)}` },
  { kind: 'twitter-bearer-token', value: `${'A'.repeat(22)}Q${text(8)}%2F${text(38)}` },
  { kind: 'intercom-token', value: `dG9rO${text(50)}` },
  { kind: 'zendesk-token', line: 'zendesk_token: "@"', value: text(40) },
]);
