import { CLOUD_PATTERNS } from './cloud';
import { describePatterns } from './patterns.contract';
import { hex, text, upper, uuid } from './sample-values.contract';

describePatterns('cloud', CLOUD_PATTERNS, [
  { kind: 'aws-access-key', value: `AKIA${upper(16)}` },
  { kind: 'aws-access-key', value: `ASIA${upper(16)}` },
  { kind: 'aws-access-key', value: `ABIA${upper(16)}` },
  { kind: 'aws-access-key', value: `ACCA${upper(16)}` },
  { kind: 'aws-secret-key', line: 'aws_secret_access_key = @', value: text(40) },
  { kind: 'aws-secret-key', line: '"AWS_SECRET_ACCESS_KEY": "@"', value: text(40) },
  { kind: 'aws-bedrock-key', value: `ABSK${text(109)}` },
  { kind: 'aws-bedrock-key', value: `bedrock-api-key-${text(40)}` },
  { kind: 'google-api-key', value: `AIza${text(35)}` },
  { kind: 'google-oauth-secret', value: `GOCSPX-${text(28)}` },
  { kind: 'google-oauth-token', value: `ya29.${text(30)}` },
  {
    kind: 'azure-storage-key',
    line: 'AccountName=a;AccountKey=@;',
    value: `${text(86)}==`,
    nearMiss: `${text(42)}==`,
  },
  { kind: 'azure-client-secret', value: `${text(3)}8Q~${text(31)}` },
  {
    kind: 'azure-sas-signature',
    line: 'https://a.example.org/?sv=2024&sig=@',
    value: `${text(43)}%3D`,
  },
  { kind: 'azure-function-key', value: `${text(44)}AzFu${text(5)}A` },
  { kind: 'azure-search-key', value: `${text(42)}AzSeB${text(5)}` },
  { kind: 'alibaba-access-key', value: `LTAI${text(20)}` },
  { kind: 'tencent-secret-id', value: `AKID${text(32)}` },
  { kind: 'yandex-api-key', value: `AQVN${text(35)}` },
  { kind: 'yandex-api-key', value: `YCA${text(37)}` },
  { kind: 'hetzner-api-token', line: 'HCLOUD_TOKEN=@', value: text(64) },
  { kind: 'linode-token', line: 'linode_token = "@"', value: hex(64) },
  { kind: 'scaleway-secret-key', line: 'SCW_SECRET_KEY: @', value: uuid },
]);
