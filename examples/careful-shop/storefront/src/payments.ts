import https from 'node:https';

const agent = new https.Agent({ keepAlive: true });

export function charge(orderId: number, cents: number): void {
  const request = https.request('https://payments.test/v1/charges', {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${process.env.PAYMENT_TOKEN}`,
      'content-type': 'application/json',
    },
  });
  request.end(JSON.stringify({ orderId, cents }));
}
