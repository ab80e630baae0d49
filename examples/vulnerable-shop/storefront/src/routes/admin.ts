import { exec } from 'node:child_process';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Router } from 'express';

export const adminRoutes = Router();

const BACKUPS = '/srv/backups';

adminRoutes.post('/backups', (req, res) => {
  exec(`pg_dump shop --table ${req.body.table} > ${BACKUPS}/${Date.now()}.sql`, (error) => {
    res.status(error ? 500 : 201).end();
  });
});

adminRoutes.get('/backups/:name', (req, res) => {
  createReadStream(path.join(BACKUPS, req.params.name)).pipe(res);
});

adminRoutes.post('/discounts/preview', (req, res) => {
  // A formula such as "price * 0.9" comes from the marketing team.
  const discount = new Function('price', `return ${req.body.formula}`);
  res.json({ sample: discount(1000) });
});
