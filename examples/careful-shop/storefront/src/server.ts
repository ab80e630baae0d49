import express from 'express';
import session from 'express-session';
import { accountRoutes } from './routes/account.ts';
import { productRoutes } from './routes/products.ts';

const app = express();

app.use(express.json());
app.use(express.static('public'));
app.use(
  session({
    name: 'harbour',
    secret: process.env.SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 86_400_000 },
  }),
);

app.use('/products', productRoutes);
app.use('/account', accountRoutes);

app.get('/health', (_req, res) => {
  res.json({ status: 'ok' });
});

app.listen(3000, () => {
  console.log('Harbour Shop is open on port 3000');
});
