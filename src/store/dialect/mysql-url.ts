/** EC-CUBE's `DATABASE_URL` for MySQL, in Doctrine's words, as what mysql2 is opened with. */

/** What only PHP's driver understands; mysql2 would complain. */
const FOR_PHP = ['serverVersion', 'charset', 'driver', 'driverClass', 'platform'] as const;

export function mysqlConnection(databaseUrl: string): { uri: string; socketPath?: string } {
  const url = new URL(databaseUrl);
  const query = url.searchParams;
  const take = (name: string): string | null => {
    const value = query.get(name);
    query.delete(name);
    return value;
  };
  for (const name of FOR_PHP) query.delete(name);
  const [user, password, socketPath] = [take('user'), take('password'), take('unix_socket')];
  if (user !== null) url.username = encodeURIComponent(user);
  if (password !== null) url.password = encodeURIComponent(password);
  return { uri: url.href, ...(socketPath !== null && { socketPath }) };
}
