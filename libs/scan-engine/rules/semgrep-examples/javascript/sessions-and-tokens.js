const jwt = require('jsonwebtoken');
const session = require('express-session');

function tokens(user, token) {
  // ruleid: securescan.javascript.jwt-none-algorithm
  const unsigned = jwt.sign({ id: user.id }, null, { algorithm: 'none' });
  // ruleid: securescan.javascript.jwt-none-algorithm
  const anyone = jwt.verify(token, process.env.KEY, { algorithms: ['HS256', 'none'] });
  // ruleid: securescan.javascript.jwt-hardcoded-secret
  const issued = jwt.sign({ id: user.id }, 'harbour', { expiresIn: '1h' });
  // ruleid: securescan.javascript.jwt-hardcoded-secret
  const known = jwt.verify(token, 'harbour');
  // ok: securescan.javascript.jwt-none-algorithm
  // ok: securescan.javascript.jwt-hardcoded-secret
  const good = jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] });
  return [unsigned, anyone, issued, known, good];
}

function sessions(app, res) {
  // ruleid: securescan.javascript.session-hardcoded-secret
  app.use(session({ secret: 'harbour', resave: false }));
  // ok: securescan.javascript.session-hardcoded-secret
  app.use(session({ secret: process.env.SESSION_SECRET, resave: false }));
  // ruleid: securescan.javascript.cookie-without-protection
  app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: false } }));
  // ruleid: securescan.javascript.cookie-without-protection
  res.cookie('basket', '17', { httpOnly: false });
  // ok: securescan.javascript.cookie-without-protection
  res.cookie('basket', '17', { httpOnly: true, secure: true, sameSite: 'lax' });
}

function origins(app, req, res) {
  // ruleid: securescan.javascript.cors-any-origin-with-credentials
  app.use(cors({ origin: true, credentials: true }));
  // ruleid: securescan.javascript.cors-any-origin-with-credentials
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);
  // ok: securescan.javascript.cors-any-origin-with-credentials
  app.use(cors({ origin: ['https://shop.test'], credentials: true }));
  // ok: securescan.javascript.cors-any-origin-with-credentials
  app.use(cors({ origin: '*' }));
}

module.exports = { tokens, sessions, origins };
