import { Router } from 'express';
import { searchProducts } from '../database.ts';

export const productRoutes = Router();

productRoutes.get('/', async (req, res) => {
  const order = req.query.sort === 'price' ? 'price' : 'name';
  res.json(await searchProducts(String(req.query.q ?? ''), order));
});
