import type { SecretPattern } from './secret-pattern';

// Every quantifier is bounded, and tokens begin only where no character of their own alphabet stands before them: the
// time is linear in the length of the text, whatever the text.

/** Between a keyword and its value: `=`, `:`, `:=`, `=>`, a closing quote of the key, a type annotation. */
export const ASSIGN = String.raw`["'\x60]?\s{0,40}(?::\s{0,8}[A-Za-z]{1,20}\s{0,8})?(?::=|=>|=|:)\s{0,40}`;
export const QUOTE = String.raw`["'\x60]`;

/** A value that is recognised by itself; it may follow an escaped line break. */
function token(source: string): RegExp {
  return new RegExp(
    String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))(?:${source})(?![A-Za-z0-9_])`,
    'dg',
  );
}

/** In order of precedence: of two that overlap, the earlier is reported. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    id: 'private-key',
    name: 'Private key',
    severity: 'critical',
    description: 'The beginning of a private key in PEM or PGP armour.',
    check: 'format',
    expression: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/dg,
  },
  {
    id: 'age-secret-key',
    name: 'age secret key',
    severity: 'critical',
    description: 'An identity of the file encryption tool age.',
    check: 'format',
    expression: token(String.raw`AGE-SECRET-KEY-1[0-9A-Z]{58}`),
  },
  {
    id: 'aws-access-key',
    name: 'AWS access key id',
    severity: 'critical',
    description: 'The id of a long-lived or temporary AWS access key.',
    check: 'format',
    expression: token(String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}`),
  },
  {
    id: 'aws-secret-key',
    name: 'AWS secret access key',
    severity: 'critical',
    description: 'The secret half of an AWS access key.',
    check: 'format',
    expression: new RegExp(
      String.raw`aws_?(?:secret)?_?(?:access)?_?key(?:_id)?${ASSIGN}${QUOTE}?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])`,
      'dgi',
    ),
  },
  {
    id: 'github-token',
    name: 'GitHub token',
    severity: 'critical',
    description: 'A personal, OAuth, app or refresh token of GitHub.',
    check: 'format',
    expression: token(String.raw`gh[pousr]_[A-Za-z0-9_]{36,255}|github_pat_[A-Za-z0-9_]{50,255}`),
  },
  {
    id: 'gitlab-token',
    name: 'GitLab token',
    severity: 'critical',
    description: 'A personal, deploy, runner, trigger or feed token of GitLab.',
    check: 'format',
    expression: token(
      String.raw`gl(?:pat|dt|rt|ptt|cbt|ft|imt|agent|soat|ffct|oas)-[A-Za-z0-9_.-]{20,300}`,
    ),
  },
  {
    id: 'slack-token',
    name: 'Slack token',
    severity: 'high',
    description: 'A bot, user, app or configuration token of Slack.',
    check: 'format',
    expression: token(
      String.raw`xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{20,255}`,
    ),
  },
  {
    id: 'slack-webhook',
    name: 'Slack webhook',
    severity: 'high',
    description: 'An address to which anyone can post messages into a Slack channel.',
    check: 'format',
    expression:
      /https:\/\/hooks\.slack\.com\/(?:services\/T[A-Za-z0-9]{6,14}\/B[A-Za-z0-9]{6,14}|workflows\/T[A-Za-z0-9]{6,14}\/A[A-Za-z0-9]{6,14}\/\d{15,20})\/[A-Za-z0-9]{20,32}/dg,
  },
  {
    id: 'stripe-key',
    name: 'Stripe key',
    severity: 'critical',
    description: 'A secret or restricted key of Stripe, or the secret of one of its webhooks.',
    check: 'format',
    expression: token(
      String.raw`[sr]k_(?:live|test|prod)_[A-Za-z0-9]{20,255}|whsec_[A-Za-z0-9+/]{32,64}={0,2}`,
    ),
  },
  {
    id: 'npm-token',
    name: 'npm token',
    severity: 'critical',
    description: 'A token that can publish packages to the npm registry.',
    check: 'format',
    expression: token(String.raw`npm_[A-Za-z0-9]{36}`),
  },
  {
    id: 'pypi-token',
    name: 'PyPI token',
    severity: 'critical',
    description: 'A token that can publish packages to PyPI.',
    check: 'format',
    expression: token(String.raw`pypi-AgE[A-Za-z0-9_-]{50,1000}`),
  },
  {
    id: 'rubygems-token',
    name: 'RubyGems token',
    severity: 'critical',
    description: 'A key that can publish gems.',
    check: 'format',
    expression: token(String.raw`rubygems_[0-9a-f]{48}`),
  },
  {
    id: 'docker-token',
    name: 'Docker Hub token',
    severity: 'critical',
    description: 'An access token of Docker Hub.',
    check: 'format',
    expression: token(String.raw`dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,64}`),
  },
  {
    id: 'anthropic-api-key',
    name: 'Anthropic API key',
    severity: 'critical',
    description: 'A key of the Anthropic API.',
    check: 'format',
    expression: token(String.raw`sk-ant-[a-z0-9]{3,12}-[A-Za-z0-9_-]{80,200}`),
  },
  {
    id: 'openai-api-key',
    name: 'OpenAI API key',
    severity: 'critical',
    description: 'A project, service account or user key of the OpenAI API.',
    check: 'format',
    expression: token(
      String.raw`sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,255}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|sk-[A-Za-z0-9]{48}`,
    ),
  },
  {
    id: 'huggingface-token',
    name: 'Hugging Face token',
    severity: 'high',
    description: 'An access token of Hugging Face.',
    check: 'format',
    expression: token(String.raw`hf_[A-Za-z]{34}|api_org_[A-Za-z]{34}`),
  },
  {
    id: 'google-api-key',
    name: 'Google API key',
    severity: 'high',
    description: 'A key of a Google API.',
    check: 'format',
    expression: token(String.raw`AIza[A-Za-z0-9_-]{35}`),
  },
  {
    id: 'google-oauth-secret',
    name: 'Google OAuth client secret',
    severity: 'high',
    description: 'The secret of an OAuth client of Google.',
    check: 'format',
    expression: token(String.raw`GOCSPX-[A-Za-z0-9_-]{28}`),
  },
  {
    id: 'azure-storage-key',
    name: 'Azure storage key',
    severity: 'critical',
    description:
      'The account key in a connection string of Azure Storage, Service Bus or the like.',
    check: 'format',
    expression:
      /(?:AccountKey|SharedAccessKey)\s{0,4}=\s{0,4}(?<value>[A-Za-z0-9+/]{43,86}={1,2})/dg,
  },
  {
    id: 'digitalocean-token',
    name: 'DigitalOcean token',
    severity: 'critical',
    description: 'A personal, OAuth or refresh token of DigitalOcean.',
    check: 'format',
    expression: token(String.raw`do[opr]_v1_[0-9a-f]{64}`),
  },
  {
    id: 'shopify-token',
    name: 'Shopify token',
    severity: 'high',
    description: 'An access token or app secret of Shopify.',
    check: 'format',
    expression: token(String.raw`shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`),
  },
  {
    id: 'sendgrid-api-key',
    name: 'SendGrid API key',
    severity: 'high',
    description: 'A key that can send mail through SendGrid.',
    check: 'format',
    expression: token(String.raw`SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`),
  },
  {
    id: 'vault-token',
    name: 'Vault token',
    severity: 'critical',
    description: 'A service, batch or recovery token of HashiCorp Vault.',
    check: 'format',
    expression: token(String.raw`hv[sbr]\.[A-Za-z0-9_-]{24,300}`),
  },
  {
    id: 'databricks-token',
    name: 'Databricks token',
    severity: 'critical',
    description: 'A personal access token of Databricks.',
    check: 'format',
    expression: token(String.raw`dapi[0-9a-f]{32}(?:-\d)?`),
  },
  {
    id: 'grafana-token',
    name: 'Grafana token',
    severity: 'high',
    description: 'A service account or cloud token of Grafana.',
    check: 'format',
    expression: token(
      String.raw`glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}`,
    ),
  },
  {
    id: 'atlassian-token',
    name: 'Atlassian API token',
    severity: 'high',
    description: 'An API token of an Atlassian account.',
    check: 'format',
    expression: token(String.raw`ATATT3[A-Za-z0-9_=-]{160,240}`),
  },
  {
    id: 'discord-webhook',
    name: 'Discord webhook',
    severity: 'high',
    description: 'An address to which anyone can post messages into a Discord channel.',
    check: 'format',
    expression:
      /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,20}\/[A-Za-z0-9_-]{60,80}/dg,
  },
  {
    id: 'telegram-bot-token',
    name: 'Telegram bot token',
    severity: 'high',
    description: 'The token of a Telegram bot.',
    check: 'format',
    expression: token(String.raw`\d{8,10}:AA[A-Za-z0-9_-]{33}`),
  },
  {
    id: 'heroku-api-key',
    name: 'Heroku API key',
    severity: 'high',
    description: 'An API key of Heroku.',
    check: 'format',
    expression: new RegExp(
      String.raw`(?<![A-Za-z0-9_])HRKU-[A-Za-z0-9_-]{36,64}|heroku[\w.-]{0,30}${ASSIGN}${QUOTE}?(?<value>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-f-])`,
      'dgi',
    ),
  },
  {
    id: 'jwt-token',
    name: 'JSON Web Token',
    severity: 'medium',
    description: 'A signed JSON Web Token.',
    check: 'format',
    expression: /(?<![\w-])eyJ[\w-]{10,2000}\.[\w-]{10,8000}\.[\w-]{10,1000}(?![\w-])/dg,
  },
  {
    id: 'connection-string',
    name: 'Connection string',
    severity: 'high',
    description: 'The password in the address of a database, cache or message broker.',
    check: 'password',
    expression:
      /(?<![A-Za-z0-9])(?:mongodb|postgres|postgresql|mysql|mariadb|mssql|sqlserver|oracle|clickhouse|cockroachdb|redis|rediss|amqps?|nats|kafka|ldaps?|smtps?)(?:\+[a-z0-9]{1,20})?:\/\/[^\s:@/"'`<>]{0,128}:(?<value>[^\s@/"'`<>]{1,256})@/dgi,
  },
  {
    id: 'url-credentials',
    name: 'Credentials in an address',
    severity: 'medium',
    description: 'A password in the address of a web, Git or file server.',
    check: 'password',
    expression:
      /(?<![A-Za-z0-9])(?:https?|ftps?|sftp|ssh|git)(?:\+[a-z0-9]{1,20})?:\/\/[^\s:@/"'`<>]{1,128}:(?<value>[^\s@/"'`<>]{1,256})@/dgi,
  },
  {
    id: 'generic-api-key',
    name: 'API key',
    severity: 'high',
    description: 'A generated value that is assigned to something called an API key.',
    check: 'random',
    expression: new RegExp(
      String.raw`api[-_ ]?key[\w-]{0,20}${ASSIGN}${QUOTE}?(?<value>[A-Za-z0-9_-]{20,256})(?![\w.([-])`,
      'dgi',
    ),
  },
  {
    id: 'generic-secret',
    name: 'Password or secret',
    severity: 'high',
    description: 'A fixed text that is assigned to something called a password or secret.',
    check: 'password',
    expression: new RegExp(
      String.raw`(?:secret|passwd|password|passphrase|pwd)(?:[-_]?(?:access|key|value|base)){0,3}${ASSIGN}(?<quote>${QUOTE})(?<value>[^"'\x60\n]{8,256})\k<quote>`,
      'dgi',
    ),
  },
  {
    id: 'base64-encoded-secret',
    name: 'Base64 secret',
    severity: 'medium',
    description:
      'A long base64 value that is assigned to something called a password, secret, key or token.',
    check: 'random',
    expression: new RegExp(
      String.raw`(?<!public[-_ ]?)(?:password|secret|key|token)[\w-]{0,20}${ASSIGN}${QUOTE}?(?<value>[A-Za-z0-9+/]{40,2000}={0,2})(?![A-Za-z0-9+/=_.([-])`,
      'dgi',
    ),
  },
  {
    id: 'generic-token',
    name: 'Token',
    severity: 'medium',
    description: 'A generated value that is assigned to something called a token.',
    check: 'random',
    expression: new RegExp(
      String.raw`(?:token[\w-]{0,20}${ASSIGN}${QUOTE}?(?:Bearer\s{1,4})?|bearer(?:${ASSIGN}${QUOTE}?|\s{1,4}))(?<value>[A-Za-z0-9_.-]{20,2000})(?![\w.([-])`,
      'dgi',
    ),
  },
];
