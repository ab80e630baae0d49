import { MONITORING_PATTERNS } from './monitoring';
import { describePatterns } from './patterns.contract';
import { hex, lower, text, upper, uuid } from './sample-values.contract';

describePatterns('monitoring', MONITORING_PATTERNS, [
  { kind: 'grafana-token', value: `glsa_${text(32)}_${hex(8)}` },
  { kind: 'grafana-token', value: `glc_${text(32)}` },
  { kind: 'datadog-api-key', line: 'DD_API_KEY=@', value: hex(32) },
  { kind: 'datadog-api-key', line: 'datadogAppKey: "@"', value: hex(40) },
  { kind: 'newrelic-key', value: `NRAK-${upper(27)}` },
  { kind: 'newrelic-key', value: `NRJS-${hex(19)}` },
  { kind: 'newrelic-key', value: `${hex(36)}NRAL` },
  { kind: 'sentry-token', value: `sntrys_eyJ${text(80)}` },
  { kind: 'sentry-token', value: `sntryu_${hex(64)}` },
  { kind: 'dynatrace-token', value: `dt0c01.${upper(24)}.${upper(64)}` },
  { kind: 'honeycomb-key', value: `hcaik_${lower(50)}` },
  { kind: 'pagerduty-key', line: 'PAGERDUTY_API_KEY=@', value: text(20) },
  { kind: 'opsgenie-key', line: 'opsgenie_api_key = "@"', value: uuid },
  { kind: 'rollbar-token', line: 'ROLLBAR_ACCESS_TOKEN=@', value: hex(32) },
  { kind: 'splunk-hec-token', line: 'splunk.token: @', value: uuid },
  { kind: 'algolia-admin-key', line: 'ALGOLIA_ADMIN_KEY=@', value: hex(32) },
]);
