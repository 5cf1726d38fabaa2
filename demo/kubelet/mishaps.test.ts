import { expect, it } from 'vitest'
import { manualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import type { Fault } from './faults.ts'
import { startMishap, type Victim } from './mishaps.ts'
import { nodeTimings } from './timings.ts'

/** What happens to a VM of such an image within ten minutes. */
async function happenings(fault: Fault | undefined, diesAfter = Number.POSITIVE_INFINITY) {
  const clock = manualClock()
  const start = clock.now()
  const told: string[] = []
  let reachable = true
  let doomed = false
  const victim: Victim = {
    name: 'vk-a-b-0',
    lives: () => !doomed && clock.now() - start < diesAfter,
    isReachable: () => reachable,
    setReachable(next, why) {
      reachable = next
      told.push(next ? 'back' : (why ?? 'lost'))
    },
    doom(reason) {
      doomed = true
      told.push(reason)
    },
  }
  startMishap(fault, { clock, timings: nodeTimings(seededRandom(3)) }, victim)
  await clock.advance(600_000)
  return told
}

it('leaves an ordinary VM alone', async () => expect(await happenings(undefined)).toEqual([]))
it('restarts a VM once and then gives it up', async () => {
  expect(await happenings('crash-loop')).toEqual(['vm gone', 'back', 'RestartCooldown'])
})
it('loses a VM', async () => expect(await happenings('vm-gone')).toEqual(['VMGone']))
it('loses and regains a probe', async () => {
  expect((await happenings('flaky-probe')).slice(0, 4)).toEqual(['lost', 'back', 'lost', 'back'])
})
it('leaves alone what has gone meanwhile', async () => {
  expect(await happenings('vm-gone', 10_000)).toEqual([])
  expect(await happenings('crash-loop', 1000)).toEqual([])
})
