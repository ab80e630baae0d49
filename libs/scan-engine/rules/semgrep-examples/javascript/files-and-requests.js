const fs = require('node:fs');
const path = require('node:path');

function invoices(app) {
  app.get('/invoice', (req, res) => {
    const file = path.join('/srv/invoices', req.query.file);
    // ruleid: securescan.javascript.path-traversal
    fs.readFile(file, (error, text) => res.type('text').send(text));
  });

  app.get('/manual', (req, res) => {
    // ruleid: securescan.javascript.path-traversal
    res.sendFile('/srv/manuals/' + req.params.name);
  });

  app.get('/safe', (req, res) => {
    // ok: securescan.javascript.path-traversal
    res.sendFile(req.query.file, { root: '/srv/manuals' });
    // ok: securescan.javascript.path-traversal
    fs.unlinkSync(path.join('/tmp', path.basename(req.query.file)));
    // ok: securescan.javascript.path-traversal
    fs.readFileSync('/srv/manuals/index.txt');
  });
}

async function preview(req, res) {
  // ruleid: securescan.javascript.server-side-request-forgery
  const answer = await fetch(req.query.url);
  // ruleid: securescan.javascript.server-side-request-forgery
  const image = await axios.get(`http://${req.body.host}/logo.png`);
  // ok: securescan.javascript.server-side-request-forgery
  const rate = await fetch(`https://rates.test/api?currency=${encodeURIComponent(req.query.currency)}`);
  // ok: securescan.javascript.server-side-request-forgery
  const health = await fetch('http://orders:5000/health');
  res.json([answer.status, image.status, rate.status, health.status]);
}

function signIn(req, res) {
  if (req.query.next) {
    // ruleid: securescan.javascript.open-redirect
    return res.redirect(req.query.next);
  }
  if (req.query.product) {
    // ok: securescan.javascript.open-redirect
    return res.redirect(`/products/${req.query.product}`);
  }
  if (req.query.page) {
    // ok: securescan.javascript.open-redirect
    return res.redirect('/search?page=' + req.query.page);
  }
  // ok: securescan.javascript.open-redirect
  return res.redirect(302, '/account');
}

module.exports = { invoices, preview, signIn };
