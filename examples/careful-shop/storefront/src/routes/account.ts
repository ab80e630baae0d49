import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Router } from 'express';
import jwt from 'jsonwebtoken';
import { database } from '../database.ts';

export const accountRoutes = Router();

const derive = promisify(scrypt);

accountRoutes.post('/sign-in', async (req, res) => {
  const result = await database.query(
    'SELECT id, salt, password_hash FROM customers WHERE email = $1',
    [req.body.email],
  );
  const customer = result.rows[0];
  const hash = customer && (await derive(req.body.password, customer.salt, 64));
  if (!hash || !timingSafeEqual(hash, customer.password_hash)) {
    res.status(401).json({ detail: 'wrong email or password' });
    return;
  }
  const token = jwt.sign({ customer: customer.id }, process.env.TOKEN_KEY, { expiresIn: '1h' });
  res.cookie('customer', token, { httpOnly: true, secure: true, sameSite: 'lax' });
  res.redirect('/account');
});

accountRoutes.post('/forgotten-password', async (req, res) => {
  await database.query('UPDATE customers SET reset_token = $1 WHERE email = $2', [
    randomBytes(24).toString('base64url'),
    req.body.email,
  ]);
  res.status(204).end();
});
