/** An API that is made late is made once, for whatever is asked of it first. */
import { expect, test, vi } from 'vitest';
import type { Api } from './api.ts';
import { lateApi } from './late-api.ts';

const publish = () => ({ message: 'told' }) as ReturnType<Api['publish']>;

test('is made when it is first asked, once', async () => {
  const real = { sdl: () => 'type Query', warmUp: async () => {}, schema: 'the schema' } as unknown as Api;
  const make = vi.fn(() => real);
  const api = lateApi(make, publish);
  expect(make).not.toHaveBeenCalled();
  await api.warmUp();
  expect(api.sdl()).toBe('type Query');
  expect(api.schema).toBe('the schema');
  expect(make).toHaveBeenCalledTimes(1);
});

test('what fails when it is made beside the requests is a promise that fails; it is not tried again, and is told', async () => {
  const make = vi.fn((): Api => {
    throw new Error('does not fit');
  });
  const api = lateApi(make, publish);
  expect(api.fault()).toBeUndefined();
  await expect(api.warmUp()).rejects.toThrow('does not fit');
  expect(() => api.sdl()).toThrow('does not fit');
  expect(api.publish(new Error('x'), 'id')).toEqual({ message: 'told' });
  expect(make).toHaveBeenCalledTimes(1);
  expect(api.fault()?.message).toBe('does not fit');
});
