/** An API that is made when it is first asked for anything: most commands never do, and a start need not wait for it. */
import type { Api } from './api.ts';

export function lateApi(make: () => Api): Api {
  let made: Api | undefined;
  const api = (): Api => {
    made ??= make();
    return made;
  };
  return {
    get schema() {
      return api().schema;
    },
    prepare: (request, requester) => api().prepare(request, requester),
    run: (args) => api().run(args),
    write: (args, answer) => api().write(args, answer),
    spent: (args) => api().spent(args),
    release: (args) => api().release(args),
    publish: (error, requestId) => api().publish(error, requestId),
    warmUp: async () => api().warmUp(),
    sendDueMails: async () => api().sendDueMails(),
    sdl: () => api().sdl(),
    fields: () => api().fields(),
  };
}
