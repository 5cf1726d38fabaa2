import { isNotFound } from '../../demo/client/api-error.ts'
import type { Connection } from '../../demo/client/connection.ts'
import type { Random } from '../../demo/random.ts'
import { COLLECTION } from './reflector-rig.ts'

/** How many names the changes go over: few, so that namesakes come and go. */
const NAMES = 40

/** One random change of the ConfigMaps: created, changed, deleted, or deleted and made anew under the same name. */
export async function changeSomething(admin: Connection, random: Random): Promise<void> {
  const name = `changing-${random.int(0, NAMES - 1)}`
  const path = `${COLLECTION}/${name}`
  const data = { text: random.hex(8) }
  const create = () =>
    admin.send('POST', COLLECTION, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })
  const dice = random.next()
  try {
    if (dice < 0.7) await admin.send('PATCH', path, { data }, 'application/merge-patch+json')
    else await admin.send('DELETE', path)
    if (dice > 0.85) await create()
  } catch (error) {
    if (!isNotFound(error)) throw error
    await create()
  }
}

/** As many changes, one after the other. */
export async function change(admin: Connection, random: Random, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await changeSomething(admin, random)
}
