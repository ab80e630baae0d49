import type { Severity } from '@securescan/contracts';
import type { ChatCard } from './chat-card';
import { chatMarkdown } from './chat-markdown';

const TITLE = 300;
const VALUE = 500;
const PARAGRAPH = 2000;

/** Named colours are all that a card knows; the theme of each reader says what they look like. */
const COLOURS: Readonly<Record<Severity, string>> = {
  critical: 'Attention',
  high: 'Attention',
  medium: 'Warning',
  low: 'Accent',
  info: 'Default',
};
const TONES: Readonly<Record<ChatCard['tone'], string>> = {
  good: 'Good',
  bad: 'Attention',
  neutral: 'Accent',
};

/** A message for a workflow of Microsoft Teams: an Adaptive Card 1.4 as attachment. Under 28 KB by the bounds of its texts. */
export function teamsMessage(card: ChatCard): string {
  const paragraphs = [...(card.error === null ? [] : [card.error]), ...card.findings];
  const facts = [...card.facts, ...card.counts];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: chatMarkdown(card.title, TITLE),
    body: [
      {
        ...paragraph(chatMarkdown(card.title, TITLE)),
        size: 'Large',
        weight: 'Bolder',
        color: card.severity === null ? TONES[card.tone] : COLOURS[card.severity],
      },
      {
        type: 'FactSet',
        facts: facts.map(({ label, value }) => ({
          title: label,
          value: chatMarkdown(value, VALUE),
        })),
      },
      ...paragraphs.map((text) => paragraph(chatMarkdown(text, PARAGRAPH))),
      { ...paragraph(`SecureScan · ${card.occurredAt}`), isSubtle: true, size: 'Small' },
    ],
    ...(card.url === null
      ? {}
      : { actions: [{ type: 'Action.OpenUrl', title: 'Open the scan', url: card.url }] }),
    msteams: { width: 'Full' },
  };
  return JSON.stringify({
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
    ],
  });
}

function paragraph(text: string): object {
  return { type: 'TextBlock', text, wrap: true };
}
