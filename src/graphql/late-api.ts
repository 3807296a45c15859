/** An API that is made when it is first asked for anything: most commands never do, and a start need not wait for it. */
import type { Api } from './api.ts';

export type LateApi = Api & {
  /** Why it could not be made; undefined: it is there, or has not been asked for yet. */
  fault(): Error | undefined;
};

/** `publish`: also says, in the API's form, that there is none. */
export function lateApi(make: () => Api, publish: Api['publish']): LateApi {
  let made: Api | undefined;
  let fault: Error | undefined;
  const api = (): Api => {
    // Not tried again: what it is made of was read at the start, and trying takes the time of hundreds of requests.
    if (fault) throw fault;
    try {
      made ??= make();
      return made;
    } catch (error) {
      fault = error as Error;
      throw error;
    }
  };
  return {
    fault: () => fault,
    publish,
    get schema() {
      return api().schema;
    },
    prepare: (request, requester) => api().prepare(request, requester),
    run: (args) => api().run(args),
    write: (args, answer) => api().write(args, answer),
    spent: (args) => api().spent(args),
    release: (args) => api().release(args),
    warmUp: async () => api().warmUp(),
    sendDueMails: async () => api().sendDueMails(),
    sdl: () => api().sdl(),
    fields: () => api().fields(),
  };
}
