import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'
import { jsonPatch } from '../../demo/api/json-patch.ts'
import { projectSet } from '../../lib/fleet/project-set.ts'
import { fieldsOf } from '../../lib/fleet/reader.ts'
import { deletionWrite } from '../../lib/fleet/writes/deletion-write.ts'
import { desireWrite } from '../../lib/fleet/writes/hibernation-writes.ts'
import { kubectlCommand } from '../../lib/fleet/writes/kubectl-command.ts'
import { KIND_OF } from '../../lib/fleet/writes/planned-write.ts'
import type { PlannedWrite } from '../../lib/fleet/writes/planned-write.ts'
import {
  createSetWrite,
  forkWrite,
  migrateWrite,
  replaceSetWrite,
  scaleWrite,
  suspendWrite,
} from '../../lib/fleet/writes/set-writes.ts'
import type { SetBasis } from '../../lib/fleet/writes/set-writes.ts'
import { testNamespace } from './support/test-namespace.ts'

const here = testNamespace('announced')
const run = promisify(execFile)
const SPEC = { nodePool: 'nowhere', agent: { image: 'ubuntu:24.04', mode: 'run', replicas: 1 } }

/** Pastes a command into a shell, as a person does who copied it from the dashboard. */
async function paste(write: PlannedWrite): Promise<string> {
  const home = inject('kubectlHome')
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH,
    HOME: home,
    KUBECONFIG: join(home, 'kubeconfig'),
  }
  return (await run('sh', ['-c', kubectlCommand(write)], { env })).stdout.trim()
}

const read = async (write: PlannedWrite) =>
  JSON.parse(await here.ok(`get ${KIND_OF[write.resource]} ${write.name} -o json`)) as Record<string, unknown>

/** Everything that a set can be asked for, one after the other; each rests on what the one before has left. */
const CHANGES: readonly [what: string, plan: (set: SetBasis) => PlannedWrite][] = [
  ['fork', (set) => forkWrite(set, 2)],
  ['scale', (set) => scaleWrite(set, 1)],
  ['suspend', (set) => suspendWrite(set, true)],
  ['resume', (set) => suspendWrite(set, false)],
  ['migrate', (set) => migrateWrite(set, 'cocoon-a-01')],
  ['free', (set) => migrateWrite(set, '')],
]

it('the commands that the dashboard shows do what it announces, and a watch shows just that', async () => {
  const { name: namespace } = here
  const watch = here.start('get cocoonsets --watch --output=json --output-watch-events')
  const created = createSetWrite({ namespace, name: 'web', labels: { team: 'blue' }, spec: SPEC })
  expect(await paste(created)).toMatch(/cocoonset\S*\/web created/)
  expect(await read(created)).toMatchObject({ metadata: { labels: { team: 'blue' } }, spec: SPEC })

  const specs: unknown[] = [(await read(created)).spec]
  for (const [what, plan] of CHANGES) {
    const before = await read(created)
    const write = plan(projectSet(before))
    expect([what, await paste(write)]).toEqual([what, expect.stringMatching(/cocoonset\S*\/web patched/)])
    const after = await read(write)
    expect([what, after.spec]).toEqual([what, fieldsOf(jsonPatch(before, write.body)).spec])
    specs.push(after.spec)
  }

  const { metadata, spec } = await read(created)
  const { uid, resourceVersion, ...kept } = fieldsOf(metadata)
  const version = { uid: String(uid), resourceVersion: String(resourceVersion) }
  const edited = { ...fieldsOf(spec), snapshotPolicy: 'never' }
  const replaced = replaceSetWrite({ namespace, name: 'web', spec: edited }, version, kept)
  expect(await paste(replaced)).toMatch(/cocoonset\S*\/web replaced/)
  expect((await read(replaced)).spec).toEqual(edited)
  specs.push(edited)

  const generations = () =>
    new Set([...watch.stdout().matchAll(/"generation": *(\d+)/g)].map(([, generation]) => Number(generation)))
  await expect.poll(() => generations().size, { timeout: 20_000 }).toBe(specs.length)
  await watch.stop()
})

it('a VM is asked to sleep and to wake, and the request goes', async () => {
  const { name: namespace } = here
  const place = { namespace, name: 'web-0' }
  const asked = desireWrite(place, null, 'Hibernate')
  expect(await paste(asked)).toMatch(/cocoonhibernation\S*\/web-0 created/)
  const { metadata } = await read(asked)
  const { uid, generation } = fieldsOf(metadata)
  const there = { ...place, uid: String(uid), desire: 'Hibernate', generation: Number(generation) }
  const woken = desireWrite(place, there, 'Wake')
  expect(await paste(woken)).toMatch(/cocoonhibernation\S*\/web-0 patched/)
  expect(await read(woken)).toMatchObject({ spec: { desire: 'Wake' }, metadata: { generation: 2 } })
  // What it rests on has changed: pasted once more it does nothing.
  await expect(paste(woken)).rejects.toThrow('the server rejected our request')
  expect(await paste(deletionWrite('cocoonhibernations', there))).toMatch(/"web-0" deleted/)
})

it('a set is deleted', async () => {
  const write = deletionWrite('cocoonsets', { namespace: here.name, name: 'web', uid: '' })
  expect(await paste(write)).toMatch(/"web" deleted/)
  await here.ok('wait --for=delete cocoonset/web --timeout=30s')
})
