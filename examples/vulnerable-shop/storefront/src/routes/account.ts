import { createHash } from 'node:crypto';
import { Router } from 'express';
import jwt from 'jsonwebtoken';
import { database } from '../database.ts';

export const accountRoutes = Router();

function hashPassword(password: string): string {
  return createHash('md5').update(password).digest('hex');
}

accountRoutes.post('/sign-in', async (req, res) => {
  const result = await database.query(
    'SELECT id FROM customers WHERE email = $1 AND password_hash = $2',
    [req.body.email, hashPassword(req.body.password)],
  );
  const customer = result.rows[0];
  if (!customer) {
    res.status(401).json({ detail: 'wrong email or password' });
    return;
  }
  const token = jwt.sign({ customer: customer.id }, 'salt-and-timber', { expiresIn: '7d' });
  res.cookie('customer', token, { httpOnly: false, sameSite: 'lax' });
  res.redirect(req.query.next);
});

accountRoutes.post('/forgotten-password', async (req, res) => {
  const resetToken = Math.random().toString(36).slice(2);
  await database.query('UPDATE customers SET reset_token = $1 WHERE email = $2', [
    resetToken,
    req.body.email,
  ]);
  res.status(204).end();
});
