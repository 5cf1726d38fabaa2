import { expect, it } from 'vitest'
import { seededRandom } from '../../demo/random.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { API, family, startActionBench } from './bench-actions.ts'
import { counted, figure, SEED } from './figure.ts'

const PROCESSES = 2

it('C1 makes every fork that was accepted, and no other', async () => {
  const started = performance.now()
  const random = seededRandom(SEED)
  const { set, pod } = family('web')
  const bench = await startActionBench([set, pod])
  // Several processes, so that nothing but the API server keeps their clients apart.
  const dashboards = await Promise.all(Array.from({ length: PROCESSES }, () => bench.dashboard()))
  const replicas = async () => {
    const { spec } = await bench.server.ok('GET', `${API.sets}/web`)
    return Number(fieldsOf(fieldsOf(spec).agent).replicas)
  }
  const rounds = counted(1_000)
  let [exact, clicks, accepted, unseen] = [0, 0, 0, 0]
  for (let round = 0; round < rounds; round += 1) {
    const before = await replicas()
    const wishes = Array.from({ length: random.int(2, 16) }, () => random.int(1, 3))
    const answers = await Promise.all(
      wishes.map(async (count, client) => {
        const bySet = client % 3 === 0
        const [path, uid] = bySet ? ['sets/team/web', 'set-web'] : ['vms/team/web-0', 'uid-web-0']
        const answer = await dashboards[client % PROCESSES]?.call('POST', `/api/${path}/fork`, { uid, count })
        return { count, status: answer?.status, seen: answer?.body.seen }
      }),
    )
    const done = answers.filter(({ status }) => status === 200)
    const wanted = done.reduce((sum, { count }) => sum + count, 0)
    exact += (await replicas()) - before === wanted ? 1 : 0
    clicks += answers.length
    accepted += done.length
    unseen += done.filter(({ seen }) => seen !== true).length
  }
  await bench.close()
  figure('C1', started, `${exact}/${rounds} rounds exact`, `${accepted}/${clicks} forks accepted`)
  expect([exact, accepted, unseen]).toEqual([rounds, clicks, 0])
})
