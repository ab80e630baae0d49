import { Router } from 'express';
import { findProduct, searchProducts } from '../database.ts';

export const productRoutes = Router();

productRoutes.get('/', async (req, res) => {
  const products = await searchProducts(String(req.query.q ?? ''), String(req.query.sort ?? 'name'));
  if (products.length === 0) {
    res.send(`<p>Nothing in the harbour for <b>${req.query.q}</b>.</p>`);
    return;
  }
  res.json(products);
});

productRoutes.get('/:id', async (req, res) => {
  const product = await findProduct(Number(req.params.id));
  if (!product) {
    res.status(404).json({ detail: 'no such product' });
    return;
  }
  res.json(product);
});

// Suppliers may keep the pictures of their products on servers of their own.
productRoutes.get('/:id/picture', async (req, res) => {
  const picture = await fetch(req.query.source);
  res.type('image/jpeg').send(Buffer.from(await picture.arrayBuffer()));
});
