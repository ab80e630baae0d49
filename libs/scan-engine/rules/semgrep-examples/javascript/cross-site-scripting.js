function searchPage(req, res) {
  // ruleid: securescan.javascript.reflected-html
  res.send(`<h1>Results for ${req.query.q}</h1>`);
  const greeting = '<p>Hello ' + req.query.name + '</p>';
  // ruleid: securescan.javascript.reflected-html
  res.write(greeting);
  // ok: securescan.javascript.reflected-html
  res.send(`<h1>Results for ${escapeHtml(req.query.q)}</h1>`);
  // ok: securescan.javascript.reflected-html
  res.send({ query: req.query.q });
  const found = products.findMany({ name: req.query.q });
  // ok: securescan.javascript.reflected-html
  res.send(found);
  // ok: securescan.javascript.reflected-html
  res.send(req.body);
  // ok: securescan.javascript.reflected-html
  res.send(`searched for ${req.query.q}`);
  // ok: securescan.javascript.reflected-html
  res.json({ query: req.query.q });
}

function showBanner(element) {
  const text = new URLSearchParams(location.search).get('banner');
  // ruleid: securescan.javascript.dom-html-from-location
  element.innerHTML = text;
  // ruleid: securescan.javascript.dom-html-from-location
  document.write('<b>' + document.referrer + '</b>');
  // ok: securescan.javascript.dom-html-from-location
  element.textContent = text;
  // ok: securescan.javascript.dom-html-from-location
  element.innerHTML = DOMPurify.sanitize(text);
  // ok: securescan.javascript.dom-html-from-location
  element.innerHTML = '<b>Welcome</b>';
}

window.addEventListener('message', (event) => {
  // ruleid: securescan.javascript.dom-html-from-location
  document.querySelector('#chat').innerHTML = event.data;
});

function announce(frame) {
  // ruleid: securescan.javascript.message-to-any-origin
  frame.contentWindow.postMessage({ total: 3 }, '*');
  // ok: securescan.javascript.message-to-any-origin
  frame.contentWindow.postMessage({ total: 3 }, 'https://pay.test');
}

export { searchPage, showBanner, announce };
