/** passport-oauth2 in a small Express app, unchanged, driven by a real browser from 連携する to the shop's products and back. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OAuth2Strategy, { type VerifyCallback } from 'passport-oauth2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type RegisteredClient, registerInBrowser, submitLogin } from './admin-walk.ts';

type Connected = { readonly accessToken: string; readonly refreshToken: string };

let program: Program;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.stop());

/** An integrator's app as passport's own guide has it; `pkce` and `state` by passport itself. */
async function startApp(port: number, { clientId, clientSecret }: RegisteredClient): Promise<Server> {
  const strategy = new OAuth2Strategy(
    {
      authorizationURL: `${program.url}/admin/authorize`,
      tokenURL: `${program.url}/token`,
      clientID: clientId,
      clientSecret,
      callbackURL: `http://127.0.0.1:${port}/callback`,
      scope: ['read'],
      state: true,
      pkce: true,
    },
    (accessToken: string, refreshToken: string, _profile: unknown, done: VerifyCallback) =>
      done(null, { accessToken, refreshToken }),
  );
  const passports = new passport.Passport();
  passports.use('eccube', strategy);
  passports.serializeUser((user, done) => done(null, user));
  passports.deserializeUser((user: Express.User, done) => done(null, user));
  const app = express();
  app.use(session({ secret: 'only for this test', resave: false, saveUninitialized: false }));
  app.use(passports.session());
  app.get('/', (_request, response) => void response.send('<a href="/connect">EC-CUBEと連携する</a>'));
  app.get('/connect', passports.authenticate('eccube'));
  app.get(
    '/callback',
    passports.authenticate('eccube', { failureRedirect: '/refused' }),
    (_request, response) => response.redirect('/products'),
  );
  app.get('/refused', (_request, response) => void response.send('<h1>連携しませんでした</h1>'));
  app.get('/products', async (request, response) => {
    response.send(`<h1>商品</h1><p>${await productNames(request.user as Connected)}</p>`);
  });
  return new Promise((resolve) => {
    const server = app.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function productNames({ accessToken }: Connected): Promise<string> {
  const answer = await fetch(`${program.url}/api`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ products(limit: 1) { nodes { name } } }' }),
  });
  const { data } = (await answer.json()) as { data: { products: { nodes: { name: string }[] } } };
  return data.products.nodes.map(({ name }) => name).join();
}

describeInBrowser('passport-oauth2 in an Express app', (browser) => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    const redirectUris = [`http://127.0.0.1:${port}/callback`];
    const client = await registerInBrowser(browser, program, {
      name: '在庫アプリ',
      redirectUris,
      pkce: true,
    });
    server = await startApp(port, client);
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const atConsent = async () => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.getByRole('link', { name: 'EC-CUBEと連携する' }).click();
    await submitLogin(page, program.adminPassword);
    return page;
  };

  test('許可する: the app shows a product of the shop', async () => {
    const page = await atConsent();
    await page.getByRole('button', { name: '許可する' }).click();
    await page.getByRole('heading', { name: '商品' }).waitFor();
    expect(new URL(page.url()).origin).toBe(url);
    expect(await page.locator('p').textContent()).not.toBe('');
  });

  test('許可しない: the app hears of it and goes on', async () => {
    const page = await atConsent();
    await page.getByRole('button', { name: '許可しない' }).click();
    await page.getByRole('heading', { name: '連携しませんでした' }).waitFor();
  });
});
