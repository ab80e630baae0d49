import { LIGHT } from '../../render/html/palette';
import type { ChatCard } from './chat-card';
import { chatMarkdown } from './chat-markdown';

/** Of Discord's messages and embeds, in characters; all texts of an embed together may have 6000. */
const CONTENT = 2000;
const DESCRIPTION = 3000;
const FIELD_VALUE = 250;

const TONES: Readonly<Record<ChatCard['tone'], string>> = {
  good: '#2ecc71',
  bad: '#ff8c00',
  neutral: '#3498db',
};

/** A message for a webhook of Discord: one embed, in the colour of the worst severity, that pings nobody. */
export function discordMessage(card: ChatCard): string {
  const description = [...(card.error === null ? [] : [card.error]), ...card.findings].join('\n');
  return JSON.stringify({
    content: chatMarkdown(card.title, CONTENT),
    allowed_mentions: { parse: [] },
    embeds: [
      {
        title: card.heading,
        ...(card.url === null ? {} : { url: card.url }),
        ...(description === '' ? {} : { description: chatMarkdown(description, DESCRIPTION) }),
        color: colourOf(card),
        fields: [...card.facts, ...card.counts].map(({ label, value }) => ({
          name: label,
          value: chatMarkdown(value, FIELD_VALUE),
          inline: true,
        })),
        timestamp: card.occurredAt,
        footer: { text: 'SecureScan' },
      },
    ],
  });
}

function colourOf({ severity, tone }: ChatCard): number {
  const colour = severity === null ? TONES[tone] : LIGHT.severity[severity].fill;
  return Number.parseInt(colour.slice(1), 16);
}
