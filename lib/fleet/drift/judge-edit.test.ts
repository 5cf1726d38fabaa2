import { expect, it } from 'vitest'
import type { CocoonSet, CocoonSetSpec } from '../../cocoon/crd.ts'
import { aNode } from '../arrange.fixture.ts'
import { aFork, aRequest, aWeb, theMain, warningsOf } from '../can/subjects.fixture.ts'
import type { SetSubject } from '../can/subjects.ts'
import { judgeEdit } from './judge-edit.ts'

const SPEC: CocoonSetSpec = { agent: { image: 'ubuntu:24.04', replicas: 3 } }
const of = (spec: CocoonSetSpec): CocoonSet => ({ metadata: { namespace: 'research', name: 'web' }, spec })
const SLEEPS = { ...SPEC, suspend: true }
const MOVED = { ...SPEC, nodeName: 'node-b1' }
const woken = aWeb({}, [theMain(), aFork({ hibernation: aRequest('web-2', 'Wake', 'Active') })])
const failed = aWeb({ phase: 'Failed' }, [theMain({ phase: 'failed', vmID: '' })])
const suspended = aWeb({ suspend: true, phase: 'Suspended' }, [theMain({ phase: 'failed', vmID: '' })])
const elsewhere = [aNode('node-a1'), aNode('node-b1', { pool: 'gpu' })]

it.each<[string, CocoonSetSpec, CocoonSetSpec, SetSubject, string]>([
  ['nothing', SPEC, SPEC, woken, ''],
  ['suspending', SPEC, SLEEPS, aWeb(), ''],
  ['suspending what a request wakes', SPEC, SLEEPS, woken, 'would wake what the suspension'],
  ['suspending what has failed', SPEC, SLEEPS, failed, 'restart it, then suspend'],
  [
    'suspending what has failed and is made anew',
    SPEC,
    { ...SLEEPS, agent: { ...SPEC.agent, image: 'ubuntu:26.04' } },
    failed,
    'These VMs will be recreated once the set is resumed: web-0, because image changes.',
  ],
  ['resuming what has failed', SLEEPS, SPEC, suspended, 'wakes only when it is restarted'],
  ['moving', SPEC, MOVED, aWeb(), ''],
  ['pinning where it is', SPEC, { ...SPEC, nodeName: 'node-a1' }, aWeb(), ''],
  ['moving to another pool', SPEC, MOVED, aWeb({}, undefined, elsewhere), 'is of pool gpu'],
  ['moving with the pool', SPEC, { ...MOVED, nodePool: 'default' }, aWeb({ nodePool: 'gpu' }), ''],
  ['moving among nodes that cannot be read', SPEC, MOVED, aWeb({}, undefined, []), ''],
  ['moving what sleeps', SPEC, MOVED, aWeb({}, [theMain({ phase: 'hibernated' })]), 'wake it, then move it'],
  ['no words that are none', SPEC, { ...SPEC, suspend: 'yes' as never }, woken, ''],
])('%s', (_, before, after, subject, warning) => {
  const said = warningsOf(judgeEdit(of(before), of(after), subject))
  expect(said).toMatch(new RegExp(warning || '^$'))
})

it('lets nobody edit what goes', () => {
  const going = aWeb({ deletedAt: '2026-11-23T11:00:00.000Z' })
  expect(judgeEdit(of(SPEC), of(SPEC), going).ok).toBe(false)
})
