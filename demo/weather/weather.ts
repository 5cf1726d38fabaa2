import { isConflict, isNotFound } from '../client/api-error.ts'
import type { Clock } from '../clock.ts'
import { weatherTricks, type TrickName, type TricksOptions } from './tricks.ts'
import { undoLater } from './undo-later.ts'

export const WEATHERS = ['off', 'low', 'high'] as const

/** How much happens in the fleet by itself. */
export type Weather = (typeof WEATHERS)[number]

export interface WeatherOptions extends Omit<TricksOptions, 'held'> {
  weather: Weather
  clock: Clock
  log: (text: string) => void
}

interface Climate {
  /** Milliseconds of cluster time from one change to the next. */
  pause: [number, number]
  /** Changes that wait to be undone, at most: the fleet stays close to what it was. */
  atOnce: number
  /** What happens, each as often as it stands here. */
  tricks: readonly TrickName[]
}

const often = (trick: TrickName, times: number): TrickName[] => Array.from({ length: times }, () => trick)

/** `high` changes a VM's address, which its row shows, most of the time: it neither adds nor removes anything. */
const CLIMATES: Record<Weather, Climate | undefined> = {
  off: undefined,
  low: {
    pause: [8_000, 15_000],
    atOnce: 10,
    tricks: ['hibernate', 'hibernate', 'fork', 'loseProbe', 'loseProbe', 'rebuild', 'suspend'],
  },
  high: {
    pause: [30, 70],
    atOnce: 20,
    tricks: [
      ...often('rebindAddress', 150),
      'hibernate',
      'fork',
      'loseProbe',
      'loseProbe',
      'rebuild',
      'suspend',
    ],
  },
}

/**
 * Lets things happen as users and networks let them happen: VMs sleep and wake, sets grow and shrink again, probes
 * fail and recover. What it does it undoes after a while, so that the fleet keeps its size. Returns what stops it.
 */
export function startWeather(options: WeatherOptions): () => Promise<void> {
  const { clock, random, log } = options
  const climate = CLIMATES[options.weather]
  if (!climate) return async () => {}
  const held = undoLater(clock, log)
  const tricks = weatherTricks({ ...options, held })
  const running = new Set<Promise<void>>()
  let stopped = false
  let cancel = () => {}

  /** The drawn trick, or the next one that finds somebody to play on. */
  const play = async () => {
    const names = climate.tricks
    const start = random.int(0, names.length - 1)
    const order = [...new Set([...names.slice(start), ...names.slice(0, start)])]
    for (const name of order) {
      if (held.count() >= climate.atOnce && name !== 'rebindAddress') continue
      if (await tricks[name]()) return
    }
  }
  const happen = () => {
    const task = play()
      .catch((error: unknown) => {
        // The fleet has moved on since the caches were read.
        if (stopped || isNotFound(error) || isConflict(error)) return
        log(`weather: ${error instanceof Error ? error.message : String(error)}`)
      })
      .finally(() => running.delete(task))
    running.add(task)
    next()
  }
  const next = () => {
    if (!stopped) cancel = clock.after(random.int(...climate.pause), happen)
  }
  next()
  return async () => {
    stopped = true
    cancel()
    held.stop()
    await Promise.all(running)
  }
}
