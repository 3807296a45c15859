/** An API that is made late is made once, for whatever is asked of it first. */
import { expect, test, vi } from 'vitest';
import type { Api } from './api.ts';
import { lateApi } from './late-api.ts';

test('is made when it is first asked, once', async () => {
  const real = { sdl: () => 'type Query', warmUp: async () => {}, schema: 'the schema' } as unknown as Api;
  const make = vi.fn(() => real);
  const api = lateApi(make);
  expect(make).not.toHaveBeenCalled();
  await api.warmUp();
  expect(api.sdl()).toBe('type Query');
  expect(api.schema).toBe('the schema');
  expect(make).toHaveBeenCalledTimes(1);
});

test('what fails when it is made beside the requests is a promise that fails, and the next one tries again', async () => {
  const make = vi.fn((): Api => {
    throw new Error('does not fit');
  });
  const api = lateApi(make);
  await expect(api.warmUp()).rejects.toThrow('does not fit');
  expect(() => api.sdl()).toThrow('does not fit');
  expect(make).toHaveBeenCalledTimes(2);
});
