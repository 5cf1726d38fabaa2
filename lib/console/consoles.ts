import type { FleetService } from '../kube/fleet-service.ts'
import type { Logger } from '../process/logger.ts'
import { createOpenConsoles } from './open-consoles.ts'
import type { OpenConsoles } from './open-consoles.ts'
import { NO_SIGN_IN } from '../kube/caller.ts'
import { createPresence } from './presence.ts'
import type { Presence } from './presence.ts'
import { createFairTurns } from './relay/fair-turns.ts'
import { createLargeSlabs } from './relay/slabs.ts'
import type { RelayShared } from './relay/tunnel.ts'
import { createKeptRights } from './screens/kept-rights.ts'
import type { KeptRights } from './screens/kept-rights.ts'
import { render } from './screens/rendition.ts'
import { createScreens } from './screens/screens.ts'
import type { Screens } from './screens/screens.ts'
import type { ConsoleSettings } from './settings.ts'
import { createTargetPolicy } from './target/target-policy.ts'
import type { TargetPolicy } from './target/target-policy.ts'
import { createTickets } from './tickets.ts'
import type { Tickets } from './tickets.ts'

/** The process's consoles: who may open which, what may be dialled, and all that are open. */
export interface Consoles {
  service: FleetService
  settings: ConsoleSettings
  logger: Logger
  tickets: Tickets
  policy: TargetPolicy
  open: OpenConsoles
  relay: RelayShared
  presence: Presence
  screens: Screens
  /** Who may see which screen, asked again every half minute. */
  rights: KeptRights
  /** Ends all of them. */
  close(): Promise<void>
}

export interface ConsolesOptions {
  service: FleetService
  settings: ConsoleSettings
  logger: Logger
  /** Milliseconds; tests have a clock of their own. */
  now?: () => number
  tickEveryMs?: number
}

const TICK_EVERY = 1_000

/** All consoles of this process: opens them, watches over them, and ends them. It ticks until it is closed. */
export function createConsoles(options: ConsolesOptions): Consoles {
  const { service, settings, logger, now = Date.now } = options
  const open = createOpenConsoles(settings.limits, now)
  const stopWatching = service.onVms((uids) => open.vmsChanged(uids, service.whole.vmNamed))
  const ticks = setInterval(() => open.tick(service.whole.vmNamed), options.tickEveryMs ?? TICK_EVERY)
  ticks.unref()
  return {
    service,
    settings,
    logger,
    tickets: createTickets(now),
    policy: createTargetPolicy(settings.allowances),
    open,
    presence: createPresence(open, NO_SIGN_IN),
    screens: createScreens({ render, now }),
    rights: createKeptRights(now),
    relay: { slabs: createLargeSlabs(), turns: createFairTurns(), now },
    async close() {
      stopWatching()
      clearInterval(ticks)
      open.endAll('server-shutdown')
    },
  }
}
