import { afterAll, beforeAll, expect, it } from 'vitest'
import { startControlPlane, type ControlPlane } from '../control-plane/start-control-plane.ts'
import { figure } from '../promises/figure.ts'
import { backedUp, namespaceObject, startRig } from './reflector-rig.ts'

const RESTORED = 2_000
let plane: ControlPlane

beforeAll(async () => {
  plane = await startControlPlane({
    objects: [namespaceObject(), ...backedUp(RESTORED)],
    apiFlags: ['--feature-gates=WatchList=false'],
  })
}, 900_000)
afterAll(() => plane.close())

it('fills by pages from a server that refuses streamed lists', async () => {
  const started = performance.now()
  const rig = startRig(plane)
  await rig.agrees()
  const { counters } = rig.reflector
  figure('pages', started, `${RESTORED} objects`, `${counters.pages} pages`)
  expect(counters).toMatchObject({ lists: 1, streamedLists: 0, badFrames: 0, quarantined: 0 })
  expect(counters.pages).toBeGreaterThan(1)
  await rig.close()
})
