import { describe, expect, it } from 'vitest'
import { aToolbox } from '../arrange.fixture.ts'
import { can } from './can.ts'
import type { VmSubject } from './subjects.ts'
import {
  aBareVm,
  aFork,
  aRequest,
  around,
  notesOf,
  reasonOf,
  theMain,
  warningsOf,
} from './subjects.fixture.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const failed = { phase: 'failed', vmID: '' } as const

describe('restart', () => {
  it.each<[string, VmSubject]>([
    ['a failed main agent (contract 4.7)', around(theMain(failed), { phase: 'Failed' })],
    ['a sub-agent that is given up (contract 4.7)', around(aFork({ ...failed, deadLetter: true }))],
    ['a ready one', around(aFork())],
    ['a toolbox', around(aToolbox('web', 'db'))],
    ['one without a node', around(aFork({ phase: 'scheduling', vmID: '', node: '' }))],
    ['one that holds up the suspension', around(aFork({ phase: 'failed' }), { suspend: true })],
    ['one that sleeps by request', around(aFork({ phase: 'hibernated', vmID: '' }))],
    ['one on a node that is down', around(aFork(), {}, { ready: false })],
    ['one whose set cannot be read', { ...around(aFork()), set: null }],
  ])('may be done to %s', (_, subject) => {
    expect(reasonOf(can.restart(subject))).toBe('')
  })

  it.each<[string, VmSubject, string]>([
    ['one that goes', around(aFork({ deletedAt: AGO })), 'web-2 is being deleted'],
    ['one whose set goes', around(aFork(), { deletedAt: AGO }), 'web-2 goes with its set web'],
    ['one of no set', around(aBareVm()), 'lone belongs to no set, so nobody would make it anew'],
    [
      'one beyond the replicas (contract 4.7)',
      around(aFork(), { replicas: 1 }),
      'Set web has 1 sub-agent, so web-2 would not be made anew',
    ],
    [
      'one of a suspended set (contract 4.4)',
      around(aFork(), { suspend: true }),
      'Set web is suspended: resume it',
    ],
    [
      'one that moves (contract 4.6)',
      around(theMain({ phase: 'migrating' })),
      'web-0 is moving to another node',
    ],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(can.restart(subject))).toContain(reason)
  })

  it.each<[string, VmSubject, string]>([
    [
      'that memory and disk are lost, and a snapshot is kept (contract 6.3)',
      around(theMain()),
      'web-0 loses its memory and its disk; its last state is saved as vk-research-web-0:latest first',
    ],
    [
      'that nothing is kept, by policy (contract 2.9)',
      around(aFork({ snapshotPolicy: 'main-only' })),
      'nothing of it is saved, because its snapshot policy is main-only',
    ],
    [
      'that nothing is kept of one that does not run',
      around(aFork({ phase: 'hibernated', vmID: '' })),
      'nothing of it is saved, because it does not run',
    ],
    ['that its node must come back', around(aFork(), {}, { ready: false }), 'web-2 stays Terminating'],
    [
      'that it waits for the main agent (contract 4.2)',
      { ...around(aFork()), main: theMain({ phase: 'hibernated' }) },
      'web-2 comes back only when the main agent web-0 is ready.',
    ],
    [
      'that it waits for the set (contract 4.4)',
      around(aFork({ phase: 'failed' }), { suspend: true }),
      'web-2 comes back only when set web is resumed.',
    ],
  ])('warns %s', (_, subject, warning) => {
    expect(warningsOf(can.restart(subject))).toContain(warning)
  })

  it.each<[string, VmSubject]>([
    ['was never there', around(aFork({ phase: 'creating', vmID: '' }))],
    ['failed to be created', around(aFork(failed))],
    ['is static', around(aToolbox('web', 'pc', { managed: false }))],
    [
      'is restored by request (contract 5)',
      around(
        aFork({ phase: 'hibernated', vmID: '', hibernation: aRequest('web-2', 'Hibernate', 'Hibernated') }),
      ),
    ],
    [
      'is being woken by request (contract 5)',
      around(aFork({ phase: 'waking', vmID: '', hibernation: aRequest('web-2', 'Wake', 'Waking') })),
    ],
  ])('loses nothing of one that %s', (_, subject) => {
    expect(can.restart(subject)).toMatchObject({ ok: true, warnings: [] })
  })

  it.each<[string, VmSubject, string]>([
    ['from where a main comes back', around(theMain()), 'web-0 comes back from ubuntu:24.04.'],
    [
      'from where a sub-agent comes back (contract 7)',
      around(aFork()),
      'web-2 comes back as a fork of vk-research-web-0, in the state of the first fork.',
    ],
    [
      'that it is restored (contract 5)',
      around(aFork({ hibernation: aRequest('web-2', 'Hibernate', 'Hibernated') })),
      'web-2 comes back from its hibernate snapshot',
    ],
    ['that a static VM goes on', around(aToolbox('web', 'pc', { managed: false })), 'the VM itself goes on'],
    [
      'that rebuilds are used up (contract 4.7)',
      around(aFork({ ...failed, deadLetter: true })),
      'four rebuilds',
    ],
    [
      'that the set goes on (contract 4.2)',
      around(theMain(failed)),
      'Its set goes on when web-0 is ready again.',
    ],
    ['that an old snapshot may come up (contract 11.8)', around(theMain()), 'vk-research-web-0:hibernate'],
    [
      'that later forks are of the new one (contract 7)',
      around(theMain()),
      'The fork snapshot of web-0 is dropped',
    ],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.restart(subject))).toContain(note)
  })
})

describe('delete-vm', () => {
  const verdictOn = can['delete-vm']

  it('may be done to a VM of no set, which is gone for good', () => {
    const verdict = verdictOn(around(aBareVm()))
    expect(warningsOf(verdict)).toContain('lone loses its memory and its disk')
    expect(warningsOf(verdictOn(around(aBareVm(), {}, { ready: false })))).toContain('lone stays Terminating')
  })

  it('lets a static VM go on, and a request stand', () => {
    const verdict = verdictOn(
      around(aBareVm({ managed: false, hibernation: aRequest('lone', 'Wake', 'Active') })),
    )
    expect(warningsOf(verdict)).toBe('')
    expect(notesOf(verdict)).toContain('only its pod goes')
    expect(notesOf(verdict)).toContain('The CocoonHibernation lone stays')
  })

  it.each([
    ['a main agent', around(theMain()), 'web-0 belongs to set web, which would make it anew: restart it.'],
    ['a sub-agent', around(aFork()), 'restart it, or lower the replicas of the set.'],
    ['a VM whose set cannot be read', { ...around(theMain()), set: null }, 'web-0 belongs to set web'],
    ['one that goes', around(aBareVm({ deletedAt: AGO })), 'lone is being deleted: wait until it is gone.'],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(verdictOn(subject))).toContain(reason)
  })
})
