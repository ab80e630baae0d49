import type { DastRule } from './rule';

const OWASP =
  'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html';
const RENEW =
  'Have the certificate renewed by a program before it ends, and be told where that fails.';

interface CertificateText {
  readonly problem: string;
  readonly title: string;
  readonly description: string;
  readonly remediation: string;
  readonly severity?: 'high' | 'medium' | 'low';
}

function certificate(text: CertificateText): DastRule {
  const { problem, severity = 'high', ...prose } = text;
  return {
    ...prose,
    id: `tls-certificate-${problem}`,
    severity,
    cwe: 'CWE-295',
    references: [OWASP, 'https://www.rfc-editor.org/rfc/rfc5280#section-6'],
  };
}

export const EXPIRED = certificate({
  problem: 'expired',
  title: 'The certificate has expired',
  description:
    'Browsers warn of the site. Visitors who get used to clicking the warning away do so too when somebody stands in between.',
  remediation: RENEW,
});
export const NOT_YET_VALID = certificate({
  problem: 'not-yet-valid',
  title: 'The certificate is not valid yet',
  description: 'Browsers refuse the site until the certificate begins to hold.',
  remediation: 'Correct the clock of whoever issues certificates, and have this one issued again.',
});
export const SELF_SIGNED = certificate({
  problem: 'self-signed',
  title: 'The certificate vouches for itself',
  description:
    'Anyone can make a certificate like it, so a visitor cannot tell the site from somebody in between.',
  remediation:
    'Use a certificate of an authority that the visitors know: a public one, or the one of the company where only its own machines come.',
});
export const UNKNOWN_ISSUER = certificate({
  problem: 'unknown-issuer',
  title: 'Nobody known vouches for the certificate',
  description:
    'The certificate leads to no authority that this machine trusts: it comes from a private one, or the server leaves out an intermediate certificate. Browsers then warn, or fail on some devices only.',
  remediation:
    'Let the server send the whole chain. For a private authority, put its certificate into the trust store of the visitors and of this machine.',
});
export const WRONG_NAME = certificate({
  problem: 'wrong-name',
  title: 'The certificate is for another name',
  description:
    'The name that was asked for is not among those of the certificate, so it does not show that this is the right server.',
  remediation: 'Have a certificate issued that lists the name among its subject alternative names.',
});
export const REVOKED = certificate({
  problem: 'revoked',
  title: 'The certificate has been revoked',
  description: 'Its issuer has taken it back, usually because its key is known to others.',
  remediation: 'Make a new key, and have a certificate issued for it.',
});
export const INVALID = certificate({
  problem: 'invalid',
  title: 'The certificate does not hold',
  description:
    'The check of the certificate failed, so it does not show that this is the right server.',
  remediation: 'Look up the reason that is given, and have a certificate issued that holds.',
});
export const EXPIRES_SOON = certificate({
  problem: 'expires-soon',
  severity: 'low',
  title: 'The certificate expires soon',
  description: 'When it does, browsers warn of the site and programs fail to reach it.',
  remediation: RENEW,
});
export const WEAK_KEY: DastRule = {
  id: 'tls-certificate-weak-key',
  severity: 'medium',
  title: 'The key of the certificate is short',
  description:
    'Keys of this length can be computed with enough means, and whoever has the key can pass for the site.',
  remediation: 'Use a key on the curve P-256, or an RSA key of at least 2048 bits.',
  cwe: 'CWE-326',
  references: [OWASP, 'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final'],
};
export const OLD_PROTOCOL: DastRule = {
  id: 'tls-old-protocol',
  severity: 'medium',
  title: 'The server speaks an outdated version of TLS only',
  description:
    'Versions before TLS 1.2 rest on broken building blocks, and browsers of today refuse them.',
  remediation: 'Let the server speak TLS 1.2 and TLS 1.3, and nothing older.',
  cwe: 'CWE-327',
  references: [OWASP, 'https://www.rfc-editor.org/rfc/rfc8996'],
};
export const WEAK_CIPHER: DastRule = {
  id: 'tls-weak-cipher',
  severity: 'medium',
  title: 'The server chooses a weak cipher',
  description: 'What is sent under this cipher can be read or changed with means that are known.',
  remediation: 'Offer only suites with AES-GCM or ChaCha20-Poly1305 and an ephemeral key exchange.',
  cwe: 'CWE-327',
  references: [OWASP],
};

export const TLS_RULES: readonly DastRule[] = [
  OLD_PROTOCOL,
  WEAK_CIPHER,
  WEAK_KEY,
  EXPIRED,
  NOT_YET_VALID,
  SELF_SIGNED,
  UNKNOWN_ISSUER,
  WRONG_NAME,
  REVOKED,
  INVALID,
  EXPIRES_SOON,
];
