import { seededRandom } from '../demo/random.ts'
import { startFaultyApi } from '../e2e/faulty-api/faulty-api.ts'
import { createWorld } from '../e2e/faulty-api/world.ts'
import { bigPods } from './big-pods.ts'

/**
 * The API server of the fill row, a process of its own so that its memory and its pauses are nobody else's.
 * Tells its parent a kubeconfig and the size of what it serves.
 */
const random = seededRandom(7)
const world = createWorld(() => random.uuid())
for (const pod of bigPods(Number(process.argv[2] ?? 10_000))) world.put('pods', pod)
const bytes = world.all('pods').reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
const api = await startFaultyApi({ world })
process.send?.({ kubeconfig: api.kubeconfig, bytes })
process.on('disconnect', () => process.exit(0))
