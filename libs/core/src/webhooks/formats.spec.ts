import { join } from 'node:path';
import {
  SEVERITIES,
  WEBHOOK_FORMATS,
  type WebhookFormat,
  type WebhookMessageBody,
} from '@securescan/contracts';
import { anyText, expectGolden, HOSTILE_TEXTS } from '@securescan/testing';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { chatMarkdown } from './chat/chat-markdown';
import { renderWebhookMessage, webhookFormatOf } from './formats';

const AT = '2026-01-31T12:00:00.000Z';
const LINK = '<https://scan.example.com/scans/1|Open the scan>';
const SCAN_ID = '1a2b3c4d-0000-4000-8000-000000000001';

/** Every event, with one text in each place that a stranger's text may come to. */
function messages(text: string, count = 7, url: string | null = null): WebhookMessageBody[] {
  const envelope = { id: 'b1b2b3b4-0000-4000-8000-000000000002', occurred_at: AT };
  const place = { scan_id: SCAN_ID, project: text, target: text, url };
  const run = {
    scan_types: ['code' as const],
    scanners_run: [text],
    scanners_skipped: [text],
    started_at: AT,
    completed_at: AT,
    duration_s: 83.25,
  };
  const counts = { critical: 1, high: 0, medium: 4, low: 0, info: 2 };
  const finding = {
    fingerprint: 'f'.repeat(64),
    id: 'finding-1',
    title: text,
    severity: 'high' as const,
    scanner: text,
    rule_id: text,
    file_path: text,
    line: 12,
    fixed_at: AT,
    fixed_by: text,
  };
  return [
    {
      ...envelope,
      event: 'scan.complete',
      data: {
        ...place,
        ...run,
        scanner_count: 3,
        findings_count: count,
        severity_counts: counts,
        risk_score: 42,
      },
    },
    { ...envelope, event: 'scan.failed', data: { ...place, ...run, error: text } },
    {
      ...envelope,
      event: 'scanner.failed',
      data: {
        ...place,
        scanner: text,
        scan_type: 'code',
        duration_s: 1.5,
        timed_out: false,
        error: text,
      },
    },
    {
      ...envelope,
      event: 'finding.regressed',
      data: {
        ...place,
        findings: Array.from({ length: Math.min(count, 200) }, () => finding),
        findings_count: count,
        told_before: 0,
      },
    },
    { ...envelope, event: 'webhook.test', data: { message: text, timestamp: AT } },
  ];
}

interface SlackText {
  readonly type: string;
  readonly text: string;
  readonly emoji?: boolean;
}
interface SlackBody {
  readonly text: string;
  readonly blocks: {
    readonly type: string;
    readonly text?: SlackText;
    readonly fields?: SlackText[];
    readonly elements?: SlackText[];
  }[];
}
interface DiscordBody {
  readonly content: string;
  readonly allowed_mentions: { readonly parse: string[] };
  readonly embeds: {
    readonly title: string;
    readonly description?: string;
    readonly color: number;
    readonly fields: { readonly name: string; readonly value: string }[];
    readonly footer: { readonly text: string };
  }[];
}
interface TeamsBody {
  readonly attachments: {
    readonly content: { readonly body: { readonly text?: string; readonly color?: string }[] };
  }[];
}

function rendered(format: WebhookFormat, message: WebhookMessageBody | undefined): unknown {
  if (message === undefined) throw new TypeError('no such message');
  return JSON.parse(renderWebhookMessage(format, message));
}

function forSlack(message: WebhookMessageBody | undefined): SlackBody {
  return rendered('slack', message) as SlackBody;
}

function forDiscord(message: WebhookMessageBody | undefined): DiscordBody {
  return rendered('discord', message) as DiscordBody;
}

function expectPlain(one: SlackText): void {
  expect(one).toMatchObject({ type: 'plain_text', emoji: false });
  expect(one.text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/u);
}

/** Texts that strangers write, and long ones of what grows when it is escaped. */
const strange = fc.oneof(
  anyText(),
  fc.constantFrom(...HOSTILE_TEXTS, '', ' ', '&'.repeat(9000), '<!channel>'.repeat(900)),
  fc
    .tuple(anyText(), fc.constantFrom('&', '*', '<', '\\', '\u{1f600}', '"', '\n'), fc.nat(5000))
    .map(([text, character, times]) => text + character.repeat(times)),
);
const counts = fc.nat(500);

function holdsForAll(check: (message: WebhookMessageBody) => void): void {
  fc.assert(
    fc.property(strange, counts, (text, count) => {
      for (const message of messages(text, count, 'https://scan.example.com/scans/1'))
        check(message);
    }),
    { numRuns: 25 },
  );
}

describe.each(WEBHOOK_FORMATS)('a message for %s', (format) => {
  it.each(messages('src/shop & <b>Söhne</b>', 7, `https://scan.example.com/scans/${SCAN_ID}`))(
    'of $event looks like this',
    (message) => {
      const body = rendered(format, message);
      const golden = join(__dirname, '__goldens__', `${message.event}.${format}.json`);
      expectGolden(golden, `${JSON.stringify(body, null, 2)}\n`);
    },
  );
});

describe('for Slack', () => {
  it('names the scan and how much it found', () => {
    const { text } = forSlack(messages('x')[0]);
    expect(text).toBe('Scan 1a2b3c4d of x completed: 7 findings');
  });

  it('stays within the limits, and leaves nothing that means something to it', () => {
    holdsForAll((message) => {
      const { text, blocks } = forSlack(message);
      expect(text.length).toBeLessThanOrEqual(3000);
      expect(blocks.length).toBeLessThanOrEqual(50);
      for (const { type, text: own, fields, elements = [] } of blocks) {
        if (fields !== undefined) {
          expect(fields.length).toBeGreaterThan(0);
          expect(fields.length).toBeLessThanOrEqual(10);
          for (const one of fields) expect(one.text.length).toBeLessThanOrEqual(2000);
        }
        const texts = [own ?? [], fields ?? [], elements].flat();
        for (const one of texts) {
          expect(one.text.length).toBeGreaterThan(0);
          expect(one.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
        }
        const marked = texts.filter((one) => one.type === 'mrkdwn').map((one) => one.text);
        expect(marked).toEqual(marked.length === 0 ? [] : [LINK]);
        texts.filter((one) => one.type !== 'mrkdwn').forEach(expectPlain);
      }
    });
  });
});

describe('for Discord', () => {
  it('stays within the limits, pings nobody and formats nothing', () => {
    holdsForAll((message) => {
      const body = forDiscord(message);
      expect(body.allowed_mentions).toEqual({ parse: [] });
      expect(body.content.length).toBeLessThanOrEqual(2000);
      expect(body.embeds).toHaveLength(1);
      for (const { title, description = ' ', fields, footer } of body.embeds) {
        expect(title.length).toBeLessThanOrEqual(256);
        expect(description.length).toBeGreaterThan(0);
        expect(description.length).toBeLessThanOrEqual(4096);
        expect(fields.length).toBeLessThanOrEqual(25);
        const texts = fields.flatMap(({ name, value }) => [name, value]);
        for (const text of texts) {
          expect(text.trim().length).toBeGreaterThan(0);
          expect(text.length).toBeLessThanOrEqual(1024);
        }
        expect([title, description, footer.text, ...texts].join('').length).toBeLessThanOrEqual(
          6000,
        );
      }
    });
  });

  it('has another colour for each severity, for good news and for bad', () => {
    const [complete, failed, , , test] = messages('x');
    const colours = new Set<number | undefined>();
    for (const severity of [...SEVERITIES, null]) {
      const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
      const severity_counts = severity === null ? none : { ...none, [severity]: 1 };
      const message = { ...complete, data: { ...complete?.data, severity_counts } };
      colours.add(forDiscord(message as WebhookMessageBody).embeds[0]?.color);
    }
    colours.add(forDiscord(failed).embeds[0]?.color);
    colours.add(forDiscord(test).embeds[0]?.color);
    expect(colours.size).toBe(8);
  });
});

describe('for Teams', () => {
  it('stays within 28 KB and shows some text everywhere', () => {
    holdsForAll((message) => {
      const text = renderWebhookMessage('teams', message);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(28 * 1024);
      const { attachments } = JSON.parse(text) as TeamsBody;
      for (const { text: shown = ' -' } of attachments[0]?.content.body ?? []) {
        expect(shown.trim().length).toBeGreaterThan(0);
      }
    });
  });
});

describe('chatMarkdown', () => {
  it('is one text without any markup, link or mention, which says what it said', () => {
    const cases = fc.oneof(
      strange,
      fc.constantFrom('1. x', '1) x', '2) x', '@here', 'www.x.example'),
    );
    fc.assert(
      fc.property(cases, (text) => {
        const line = text
          .replace(/[\p{C}\p{Z}]+/gu, ' ')
          .trim()
          .slice(0, 300)
          .toWellFormed();
        const tree = fromMarkdown(chatMarkdown(line, 2000), {
          extensions: [gfm()],
          mdastExtensions: [gfmFromMarkdown()],
        });
        const [paragraph] = tree.children;
        const parts = paragraph?.type === 'paragraph' ? paragraph.children : [];
        expect(parts.map((part) => part.type)).toEqual(line.trim() === '' ? [] : ['text']);
        const shown = parts.map((part) => ('value' in part ? part.value : '')).join('');
        expect(shown.replaceAll('\u200b', '')).toBe(line.trim());
      }),
    );
  });

  it('cuts between escapes and says so', () => {
    expect(chatMarkdown('****', 8)).toBe('\\*\\*\\*\\*');
    expect(chatMarkdown('*****', 8)).toBe('\\*\\*\\*…');
    expect(chatMarkdown('abc', 2)).toBe('a…');
  });
});

describe('webhookFormatOf', () => {
  it.each<[string, WebhookFormat]>([
    ['https://hooks.slack.com/services/T0/B0/x', 'slack'],
    ['https://hooks.slack-gov.com/services/T0/B0/x', 'slack'],
    ['https://HOOKS.SLACK.COM./services/T0/B0/x', 'slack'],
    ['https://discord.com/api/webhooks/1/x', 'discord'],
    ['https://discordapp.com/api/webhooks/1/x', 'discord'],
    ['https://ptb.discord.com/api/v10/webhooks/1/x', 'discord'],
    ['https://corp.webhook.office.com/webhookb2/x', 'teams'],
    ['https://prod-1.westeurope.logic.azure.com:443/workflows/x', 'teams'],
    ['https://x.environment.api.powerplatform.com/powerautomate/x', 'teams'],
    ['https://evil.example/?x=hooks.slack.com', 'generic'],
    ['https://evil.example/discord.com/api/webhooks/1/x', 'generic'],
    ['https://hooks.slack.com.evil.example/services/x', 'generic'],
    ['https://evilhooks.slack.com/', 'generic'],
    ['https://webhook.office.com.evil.example/', 'generic'],
    ['https://evillogic.azure.com/', 'generic'],
    ['https://discord.com/channels/1', 'generic'],
    ['https://hooks.slack.com@evil.example/', 'generic'],
    ['https://receiver.example/', 'generic'],
  ])('takes %s for %s', (url, format) => {
    expect(webhookFormatOf(new URL(url))).toBe(format);
  });
});
