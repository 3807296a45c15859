/** A `DATABASE_URL` as EC-CUBE's `.env` has it, with the parameters that Doctrine takes. */
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { openStore } from '../../src/database/open.ts';
import { eachDatabase } from '../support/databases.ts';

eachDatabase((database) => {
  if (database.name === 'sqlite') {
    test('a file takes no parameters', () => expect(database.url).toMatch(/^sqlite:/));
    return;
  }

  /** Opens the database, writes and reads a letter beyond the 16-bit ones; what was complained of comes back. */
  async function complaintsOf(url: URL): Promise<unknown[]> {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
    const store = openStore(url.href);
    try {
      const { rows } = await sql<{ text: string }>`select ${'😀'} as text`.execute(store.db);
      expect(rows).toEqual([{ text: '😀' }]);
      return complaints.mock.calls;
    } finally {
      complaints.mockRestore();
      await store.close();
    }
  }

  test('the server’s version and the character set are for PHP', async () => {
    const url = new URL(database.url);
    url.search = '?serverVersion=8.0&charset=utf8';
    expect(await complaintsOf(url)).toEqual([]);
  });

  test('user and password may be parameters', async () => {
    const url = new URL(database.url);
    url.searchParams.set('user', decodeURIComponent(url.username));
    if (url.password) url.searchParams.set('password', decodeURIComponent(url.password));
    [url.username, url.password] = ['', ''];
    expect(await complaintsOf(url)).toEqual([]);
  });

  if (database.name === 'mysql') {
    test('the socket of a server on the same machine', async () => {
      const store = database.open();
      const { rows } = await sql<{ socket: string }>`select @@socket as socket`.execute(store.db);
      const url = new URL(database.url);
      url.port = '';
      url.searchParams.set('unix_socket', rows[0]?.socket ?? '');
      expect(await complaintsOf(url)).toEqual([]);
    });
  }
});
