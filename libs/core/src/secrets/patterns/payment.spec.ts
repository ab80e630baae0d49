import { PAYMENT_PATTERNS } from './payment';
import { describePatterns } from './patterns.contract';
import { hex, lower, text, uuid } from './sample-values.contract';

describePatterns('payment', PAYMENT_PATTERNS, [
  { kind: 'stripe-key', value: `sk_live_${text(20)}` },
  { kind: 'stripe-key', value: `rk_test_${text(20)}` },
  { kind: 'stripe-key', value: `whsec_${text(32)}` },
  { kind: 'square-token', value: `sq0atp-${text(22)}` },
  { kind: 'square-token', value: `sq0csp-${text(43)}` },
  { kind: 'square-token', value: `EAAA${text(60)}` },
  { kind: 'braintree-token', value: `access_token$production$${lower(16)}$${hex(32)}` },
  { kind: 'adyen-api-key', value: `AQE${text(60)}-${text(44)}=-${text(10)}` },
  { kind: 'plaid-token', value: `access-production-${uuid}` },
  { kind: 'flutterwave-key', value: `FLWSECK_TEST-${hex(32)}-X` },
  { kind: 'shopify-token', value: `shpat_${hex(32)}` },
  { kind: 'shopify-token', value: `shpca_${hex(32)}` },
  { kind: 'shopify-token', value: `shppa_${hex(32)}` },
  { kind: 'shopify-token', value: `shpss_${hex(32)}` },
  { kind: 'woocommerce-key', value: `ck_${hex(40)}` },
  { kind: 'woocommerce-key', value: `cs_${hex(40)}` },
  { kind: 'shippo-token', value: `shippo_live_${hex(40)}` },
  { kind: 'easypost-key', value: `EZAK${text(54)}` },
  { kind: 'easypost-key', value: `EZTK${text(54)}` },
  { kind: 'duffel-token', value: `duffel_live_${text(43)}` },
]);
