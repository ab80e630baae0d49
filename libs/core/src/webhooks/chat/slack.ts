import type { ChatCard, ChatFact } from './chat-card';
import { escapedWithin } from './plain-line';

/** Of Slack's messages and blocks, in characters as they are sent. */
const HEADER = 150;
const FIELD = 2000;
const SECTION = 3000;
const FALLBACK = 3000;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A message for an incoming webhook of Slack, in blocks. Texts of strangers are plain ones, in which Slack knows no markup, no
 * mentions and no emoji; `<` begins all else that Slack reads (mentions, links, commands).
 */
export function slackMessage(card: ChatCard): string {
  const sections = [card.facts, card.counts].filter((facts) => facts.length > 0);
  return JSON.stringify({
    text: slackText(card.title, FALLBACK),
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: plain(card.title, HEADER) },
      ...sections.map((facts) => ({ type: 'section', fields: facts.map(field) })),
      ...paragraphs(card).map((text) => ({ type: 'section', text: plain(text, SECTION) })),
      ...(card.url === null ? [] : [linkTo(card.url)]),
      { type: 'context', elements: [plain(`SecureScan · ${card.occurredAt}`, FIELD)] },
    ],
  });
}

function paragraphs({ error, findings }: ChatCard): string[] {
  return [
    ...(error === null ? [] : [error]),
    ...(findings.length === 0 ? [] : [findings.join('\n')]),
  ];
}

function field({ label, value }: ChatFact): object {
  return plain(`${label}\n${value}`, FIELD);
}

function plain(text: string, limit: number): object {
  return { type: 'plain_text', text: slackText(text, limit), emoji: false };
}

/** The one text with markup: a link that we write. */
function linkTo(url: string): object {
  const text = `<${slackText(url.replaceAll('|', '%7C'), SECTION - 50)}|Open the scan>`;
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function slackText(text: string, limit: number): string {
  return escapedWithin(text, limit, (character) => ENTITIES[character] ?? character);
}
