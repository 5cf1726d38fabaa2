import { expect, it } from 'vitest'
import type { Pod } from '../../lib/cocoon/kube-json.ts'
import { annotate, reportStatus, type Operation } from './node-agent.ts'

it('writes to this very pod: one that has its name by now is left alone', async () => {
  const sent: unknown[] = []
  const write = async (...[, ref, body]: unknown[]) => void sent.push([ref, body])
  const pod: Pod = { metadata: { namespace: 'team', name: 'web-0', uid: 'the-old-one' } }
  const client = { patch: write, patchStatus: write }
  const operation = { agent: { client }, pod: () => pod } as object as Operation
  await reportStatus(operation, { phase: 'Succeeded' })
  await annotate(operation, { key: 'value' })
  const ref = { namespace: 'team', name: 'web-0' }
  expect(sent).toEqual([
    [ref, { metadata: { uid: 'the-old-one' }, status: { phase: 'Succeeded' } }],
    [ref, { metadata: { uid: 'the-old-one', annotations: { key: 'value' } } }],
  ])
})
