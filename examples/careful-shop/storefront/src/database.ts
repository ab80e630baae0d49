import pg from 'pg';

export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });

const ORDERS = { name: 'name', price: 'price_cents' };

export async function searchProducts(text: string, order: keyof typeof ORDERS) {
  const byPrice = 'SELECT * FROM products WHERE name ILIKE $1 ORDER BY price_cents';
  const byName = 'SELECT * FROM products WHERE name ILIKE $1 ORDER BY name';
  const result = await database.query(order === 'price' ? byPrice : byName, [`%${text}%`]);
  return result.rows;
}
