import type { Connection } from './client/connection.ts'
import type { Clock } from './clock.ts'
import { startControllers } from './controllers.ts'
import type { NodePlan } from './fleet/node-objects.ts'
import type { Identity } from './identities.ts'
import type { Random } from './random.ts'
import type { Registry } from './registry.ts'
import { startWeather, type Weather } from './weather/weather.ts'

export interface InhabitOptions {
  /** Opens a connection to the API server as somebody; whoever lives here closes it. */
  connectAs: (identity: Identity) => Connection
  clock: Clock
  /** How much faster than life everything that waits goes. */
  speed: number
  random: Random
  registry: Registry
  nodes: NodePlan[]
  weather: Weather
  /** The original has a scheduler of its own. */
  scheduler: boolean
  /** Told of what went wrong and will be tried again. */
  log: (text: string) => void
}

/** What lives on an API server and makes a Cocoon cluster of it. */
export interface Inhabitants {
  close(): Promise<void>
}

/**
 * Starts everything of a Cocoon cluster above its API server: all of them clients that work over HTTP with accounts of
 * their own, at the embedded server as at a real one (design 7). The CRDs are there already.
 */
export async function inhabit(options: InhabitOptions): Promise<Inhabitants> {
  const { clock, random, log } = options
  const controllers = await startControllers({ ...options, random: random.fork('controllers') })
  const stopWeather = startWeather({
    weather: options.weather,
    client: controllers.clientOf('weather'),
    caches: controllers.caches,
    kubelets: controllers.kubelets,
    clock,
    random: random.fork('weather'),
    log,
  })
  return {
    async close() {
      await stopWeather()
      await controllers.close()
    },
  }
}
