import type { FleetService } from './fleet-service.ts'

/**
 * Next loads this module more than once in one process (server, pages, route handlers), each copy with state
 * of its own. The one service therefore hangs on `globalThis`, and only here.
 */
const KEY = Symbol.for('cocoon-dashboard.fleet-service')

const holder = globalThis as { [KEY]?: FleetService }

/** Makes `service` the one of this process. @throws Error when there is one already. */
export function installFleetService(service: FleetService): void {
  if (holder[KEY] !== undefined) throw new Error('this process already watches a fleet')
  holder[KEY] = service
}

/** The process's fleet service. @throws Error when the page is served by something else than `server.ts`. */
export function fleetService(): FleetService {
  const service = holder[KEY]
  if (service === undefined)
    throw new Error('no fleet is watched: start the dashboard with npm start or npm run dev')
  return service
}
