import { wallClock } from './clock.ts'
import { startControllers, type ControllersOptions } from './controllers.ts'
import { inhabitDesktops } from './desktop/inhabit-desktops.ts'
import { inhabitMetrics } from './metrics/inhabit-metrics.ts'
import { startWeather, type Weather } from './weather/weather.ts'
import { inhabitWebhook } from './webhook/inhabit-webhook.ts'

export interface InhabitOptions extends ControllersOptions {
  weather: Weather
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
  // First, so that nothing that the others create goes past it.
  const stopWebhook = await inhabitWebhook({ connectAs: options.connectAs, log })
  const stopMetrics = await inhabitMetrics({ connectAs: options.connectAs, clock })
  const controllers = await startControllers({ ...options, random: random.fork('controllers') })
  const desktops = inhabitDesktops({
    pods: controllers.caches.pods,
    prefix: options.desktops,
    // People type at them: they are not hurried as VMs are.
    clock: options.wall ?? wallClock(1),
    log,
  })
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
      await desktops.close()
      await controllers.close()
      await stopMetrics()
      await stopWebhook()
    },
  }
}
