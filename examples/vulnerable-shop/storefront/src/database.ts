import pg from 'pg';

export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL });

export interface Product {
  id: number;
  name: string;
  description: string;
  price_cents: number;
}

export async function findProduct(id: number): Promise<Product | undefined> {
  const result = await database.query('SELECT * FROM products WHERE id = $1', [id]);
  return result.rows[0];
}

export async function searchProducts(text: string, order: string): Promise<Product[]> {
  const statement =
    "SELECT * FROM products WHERE name ILIKE '%" + text + "%' ORDER BY " + order;
  const result = await database.query(statement);
  return result.rows;
}
