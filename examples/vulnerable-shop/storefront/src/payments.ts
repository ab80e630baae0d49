import https from 'node:https';

// The sandbox of the payment provider uses a certificate of its own.
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });

const SANDBOX_TOKEN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';

export function charge(orderId: number, cents: number): void {
  const request = https.request('https://sandbox.payments.test/v1/charges', {
    agent,
    method: 'POST',
    headers: { authorization: SANDBOX_TOKEN, 'content-type': 'application/json' },
  });
  request.end(JSON.stringify({ orderId, cents }));
}
