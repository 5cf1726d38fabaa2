import { weatherTricks, type TricksOptions } from './weather-tricks.ts'

export const WEATHERS = ['off', 'low', 'high'] as const

/** How much happens in the fleet by itself. */
export type Weather = (typeof WEATHERS)[number]

export interface WeatherOptions extends TricksOptions {
  weather: Weather
}

/** Milliseconds of cluster time from one change to the next. */
const PAUSE: Record<Weather, [number, number] | undefined> = {
  off: undefined,
  low: [8_000, 15_000],
  high: [30, 70],
}

/**
 * Lets things happen as users and networks let them happen: VMs sleep and wake, sets grow and shrink again, probes
 * fail and recover. What it does it undoes after a while, so that the fleet keeps its size. Returns what stops it.
 */
export function startWeather(options: WeatherOptions): () => Promise<void> {
  const { clock, random, log } = options
  const span = PAUSE[options.weather]
  if (!span) return async () => {}
  const tricks = weatherTricks(options)
  const pick = options.weather === 'high' ? tricks.high : tricks.low
  const running = new Set<Promise<void>>()
  let stopped = false
  let cancel = () => {}
  const happen = () => {
    const task = pick()
      .catch((error: unknown) => {
        if (!stopped) log(`weather: ${error instanceof Error ? error.message : String(error)}`)
      })
      .finally(() => running.delete(task))
    running.add(task)
    next()
  }
  const next = () => {
    if (!stopped) cancel = clock.after(random.int(...span), happen)
  }
  next()
  return async () => {
    stopped = true
    cancel()
    tricks.stop()
    await Promise.all(running)
  }
}
