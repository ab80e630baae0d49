import type { TargetKey } from './scan-targets';

interface TargetText {
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string | null;
}

const REACHED = 'The server reaches only what SECURESCAN_NETWORK_TARGETS allows.';

export const TARGET_TEXTS: Readonly<Record<TargetKey, TargetText>> = {
  target_path: { label: 'Directory or file', placeholder: '/home/me/project', hint: null },
  target_url: {
    label: 'Address of the web application',
    placeholder: 'https://shop.example.com/',
    hint: `The page to begin with. ${REACHED}`,
  },
  target_host: {
    label: 'Host or range',
    placeholder: 'host.example.com',
    hint: `A host name, an address, or a CIDR range up to the size of a /24, such as 10.1.2.0/24. ${REACHED}`,
  },
};
