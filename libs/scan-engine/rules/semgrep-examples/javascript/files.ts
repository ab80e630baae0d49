import { readFile } from 'node:fs/promises';
import path from 'node:path';

export async function invoice(req, res) {
  // ruleid: securescan.javascript.path-traversal
  const text = await readFile(path.join('/srv/invoices', req.params.name), 'utf8');
  // ok: securescan.javascript.path-traversal
  const index = await readFile('/srv/invoices/index.txt', 'utf8');
  res.json({ text, index });
}
