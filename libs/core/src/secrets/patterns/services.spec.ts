import { SERVICE_PATTERNS } from './services';
import { describePatterns } from './patterns.contract';
import { digits, hex, text, uuid } from './sample-values.contract';

describePatterns('service', SERVICE_PATTERNS, [
  { kind: 'notion-token', value: `ntn_${digits(11)}${text(35)}` },
  { kind: 'notion-token', value: `secret_${text(43)}` },
  { kind: 'figma-token', value: `figd_${text(40)}` },
  { kind: 'airtable-token', line: 'token: "@"', value: `pat${text(14)}.${hex(64)}` },
  { kind: 'asana-token', line: 'ASANA_PAT=@', value: `1/${digits(16)}:${hex(32)}` },
  { kind: 'dropbox-token', value: `sl.${text(130)}` },
  { kind: 'typeform-token', value: `tfp_${text(40)}` },
  { kind: 'frameio-token', value: `fio-u-${text(64)}` },
  { kind: 'contentful-token', value: `CFPAT-${text(43)}` },
  { kind: 'hubspot-token', value: `pat-na1-${uuid}` },
  { kind: 'salesforce-token', value: `00D${text(12)}!${text(80)}` },
  { kind: 'mapbox-token', value: `sk.eyJ${text(60)}.${text(22)}` },
  { kind: 'adobe-client-secret', value: `p8e-${text(32)}` },
]);
