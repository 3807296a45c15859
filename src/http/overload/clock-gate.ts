/** While it is uncertain what time it is, no token is made or judged: other nodes would judge it otherwise. */
import type { FastifyInstance } from 'fastify';
import type { ClockWatch } from '../../base/clock-watch.ts';
import { ClockSetError } from '../unavailable.ts';
import { ALWAYS_SERVED } from './overload.ts';

/** To be called on the scope whose answers go by the time. */
export function refuseWithoutTime(scope: FastifyInstance, watch: ClockWatch): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.url === ALWAYS_SERVED || !watch.isStepped()) return done();
    done(new ClockSetError(watch.stepSeconds()));
  });
}
