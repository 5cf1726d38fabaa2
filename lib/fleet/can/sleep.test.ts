import { describe, expect, it } from 'vitest'
import { can } from './can.ts'
import type { VmSubject } from './subjects.ts'
import { aBareVm, aFork, aRequest, around, notesOf, reasonOf, theMain } from './subjects.fixture.ts'

const AGO = '2026-11-23T11:00:00.000Z'
const asked = (desire: string, phase: string, message = '') => ({
  hibernation: aRequest('web-2', desire, phase, { message }),
})
const asleep = { phase: 'hibernated', vmID: '', hibernateRequested: true } as const

describe('hibernate', () => {
  it.each<[string, VmSubject]>([
    ['a ready main agent', around(theMain())],
    ['a ready sub-agent', around(aFork())],
    ['a VM of no set (contract 5)', around(aBareVm())],
    ['one that does not answer', around(aFork({ phase: 'unreachable', message: 'ping failed' }))],
    ['one that is waking', around(aFork({ phase: 'waking', vmID: '' }))],
    ['one on its way to sleep that nothing keeps asleep', around(aFork({ phase: 'hibernating' }))],
    ['one that failed and still runs', around(aFork({ phase: 'failed' }))],
    ['one that was woken', around(aFork(asked('Wake', 'Active')))],
    ['one whose wake failed', around(aFork({ phase: 'waking', ...asked('Wake', 'Failed') }))],
    ['one whose request nobody understands', around(aFork(asked('Nap', 'Failed')))],
    ['one of a set that releases', around(theMain(), { hibernatePolicy: 'release', replicas: 0 })],
    ['one whose node cannot be read', { ...around(aFork()), node: null }],
  ])('may be done to %s', (_, subject) => {
    expect(reasonOf(can.hibernate(subject))).toBe('')
  })

  it.each<[string, VmSubject, string]>([
    ['one that goes', around(aFork({ deletedAt: AGO })), 'web-2 is being deleted: wait until it is gone.'],
    [
      'one whose set goes',
      around(aFork(), { deletedAt: AGO }),
      'web-2 goes with its set web, which is being deleted.',
    ],
    [
      'a static VM (contract 5)',
      around(aFork({ managed: false })),
      'web-2 is a static VM, which Cocoon shows but does not run, so it never hibernates.',
    ],
    [
      'macOS (contract 6.3)',
      around(aFork({ os: 'macos' })),
      'web-2 runs macOS, and macOS guests cannot be hibernated.',
    ],
    ['one without a VM name (contract 5)', around(aFork({ vmName: '' })), 'web-2 has no VM name yet'],
    [
      'one whose request lingers (contract 9)',
      around(aFork({ hibernation: aRequest('web-2', 'Wake', 'Active', { deletedAt: AGO }) })),
      'The CocoonHibernation web-2 of web-2 is still being deleted: try again when it is gone.',
    ],
    [
      'one of a suspended set (contract 4.4)',
      around(aFork(), { suspend: true }),
      'Set web is suspended, which hibernates all its VMs',
    ],
    ['one without a node', around(aFork({ phase: 'scheduling' })), 'web-2 has no node yet'],
    ['one that is not there yet', around(aFork({ phase: 'creating' })), 'web-2 is still being created'],
    [
      'one that sleeps by request',
      around(aFork({ ...asleep, ...asked('Hibernate', 'Hibernated') })),
      'web-2 is hibernated already.',
    ],
    ['one that sleeps', around(aBareVm(asleep)), 'lone is hibernated already.'],
    [
      'one that is falling asleep by request',
      around(aFork({ phase: 'hibernating', ...asked('Hibernate', 'Hibernating') })),
      'web-2 is hibernating already.',
    ],
    [
      'one that is falling asleep',
      around(aBareVm({ phase: 'hibernating', hibernateRequested: true })),
      'lone is hibernating already.',
    ],
    [
      'one that was just asked',
      around(aFork(asked('Hibernate', ''))),
      'web-2 is asked to hibernate already, by its CocoonHibernation.',
    ],
    [
      'one that was asked',
      around(aFork(asked('Hibernate', 'Pending'))),
      'web-2 is asked to hibernate already, by its CocoonHibernation (Pending).',
    ],
    [
      'one that wakes and is asked already (contract 5)',
      around(aFork({ phase: 'waking', ...asked('Hibernate', 'Waking') })),
      'web-2 is waking, and is already to hibernate right after.',
    ],
    [
      'one whose request failed: the same desire again writes nothing (contract 5)',
      around(
        aFork({ phase: 'failed', ...asked('Hibernate', 'Failed', 'hibernate not confirmed within 3m0s') }),
      ),
      'web-2 was asked to hibernate and that failed (hibernate not confirmed within 3m0s): its node may still do it',
    ],
    [
      'one that moves (contract 4.6)',
      around(theMain({ phase: 'migrating' })),
      'web-0 is moving to another node',
    ],
    [
      'one that failed without a VM (contract 6.2)',
      around(aFork({ phase: 'failed', vmID: '', message: 'pull failed' })),
      'web-2 has failed (pull failed) and has no VM to save: restart it.',
    ],
    [
      'one of which nothing is known',
      around(aFork({ phase: 'unknown' })),
      'What web-2 is doing is not known',
    ],
    [
      'one on a node that is down (contract 6)',
      around(aFork(), {}, { ready: false, message: 'kubelet stopped' }),
      'Node node-a1 is not ready (kubelet stopped), so web-2 cannot hibernate: bring the node back first.',
    ],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(can.hibernate(subject))).toContain(reason)
  })

  it.each<[string, VmSubject, string]>([
    [
      'that a wake finishes first (contract 5)',
      around(aFork({ phase: 'waking', ...asked('Wake', 'Waking') })),
      'web-2 is waking: that finishes first, then it hibernates.',
    ],
    ['how the set looks meanwhile (contract 11.4)', around(theMain()), 'Set web shows Pending'],
    ['the same of a sub-agent', around(aFork()), 'Set web shows Scaling while web-2 sleeps.'],
    [
      'that progress is coarse (contract 11.1)',
      around(aFork(), {}, { version: 'v0.2.9' }),
      'The kubelet of web-2 reports no lifecycle state',
    ],
    [
      'the same where only the VM tells',
      around(aFork({ generation: 4, observedGeneration: 0 })),
      'The kubelet of web-2 reports no lifecycle state',
    ],
    [
      'in what state it is saved',
      around(aFork({ phase: 'unreachable', message: 'ping failed' })),
      '(ping failed)',
    ],
    ['that it stays asleep now', around(aFork({ phase: 'hibernating' })), 'now it stays asleep'],
    ['that the set cannot be read', { ...around(aFork()), set: null }, 'Set web cannot be read'],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.hibernate(subject))).toContain(note)
  })

  it.each(['v0.2.10', 'v0.3.0', 'v1.0.0', '', 'v0.20.9'])(
    'does not take kubelet %j for an old one',
    (version) => {
      expect(notesOf(can.hibernate(around(aFork(), {}, { version })))).not.toContain('lifecycle')
    },
  )
})

describe('wake', () => {
  it.each<[string, VmSubject]>([
    ['one that sleeps by request', around(aFork({ ...asleep, ...asked('Hibernate', 'Hibernated') }))],
    ['one of no set that sleeps', around(aBareVm(asleep))],
    [
      'one that is falling asleep',
      around(aFork({ phase: 'hibernating', ...asked('Hibernate', 'Hibernating') })),
    ],
    ['one whose hibernation failed', around(aFork({ phase: 'failed', ...asked('Hibernate', 'Failed') }))],
    ['one that is yet to fall asleep', around(aFork(asked('Hibernate', 'Pending')))],
    [
      'one that wakes and was to sleep again',
      around(aFork({ phase: 'waking', ...asked('Hibernate', 'Waking') })),
    ],
    ['one with an old wake, asleep by its flag', around(aBareVm({ ...asleep, ...asked('Nap', 'Active') }))],
  ])('may be done to %s', (_, subject) => {
    expect(reasonOf(can.wake(subject))).toBe('')
  })

  it.each<[string, VmSubject, string]>([
    ['one that goes', around(aFork({ ...asleep, deletedAt: AGO })), 'web-2 is being deleted'],
    ['a static VM', around(aFork({ managed: false })), 'never hibernates'],
    ['one that is awake', around(aFork()), 'web-2 is awake already.'],
    ['one that was woken', around(aFork(asked('Wake', 'Active'))), 'web-2 is awake already.'],
    ['one that is waking', around(aFork({ phase: 'waking' })), 'web-2 is waking already.'],
    [
      'one that is waking by request',
      around(aFork({ phase: 'waking', ...asked('Wake', 'Waking') })),
      'web-2 is waking already.',
    ],
    [
      'one that is to wake right after',
      around(aFork({ phase: 'hibernating', ...asked('Wake', 'Hibernating') })),
      'web-2 is hibernating, and is already to wake right after.',
    ],
    [
      'one that was asked',
      around(aFork({ ...asleep, ...asked('Wake', '') })),
      'web-2 is asked to wake already, by its CocoonHibernation.',
    ],
    [
      'one whose wake failed',
      around(aFork({ phase: 'failed', vmID: '', ...asked('Wake', 'Failed', 'wake timed out after 5m0s') })),
      'web-2 was asked to wake and that failed (wake timed out after 5m0s)',
    ],
    [
      'one of a suspended set (contract 10)',
      around(aFork(asleep), { suspend: true }),
      'Set web is suspended and would put web-2 back to sleep at once: resume the set instead.',
    ],
    ['one that is not there yet', around(aFork({ phase: 'creating' })), 'web-2 is still being created'],
    [
      'one that moves',
      around(theMain({ phase: 'migrating', hibernateRequested: true })),
      'wakes there by itself',
    ],
    ['one that failed', around(aFork({ phase: 'failed', vmID: '' })), 'web-2 has failed and is not asleep'],
    [
      'one on a node that is down',
      around(aFork(asleep), {}, { ready: false }),
      'Node node-a1 is not ready, so web-2 cannot wake: bring the node back first.',
    ],
  ])('must not be done to %s', (_, subject, reason) => {
    expect(reasonOf(can.wake(subject))).toContain(reason)
  })

  it.each<[string, VmSubject, string]>([
    [
      'that the hibernation finishes first (contract 5)',
      around(aFork({ phase: 'hibernating', ...asked('Hibernate', 'Hibernating') })),
      'web-2 is hibernating: that finishes first, then it wakes.',
    ],
    ['what changes (contract 6.3)', around(aFork(asleep)), 'with a new VM id and usually another address'],
    [
      'that it only withdraws',
      around(aFork(asked('Hibernate', 'Pending'))),
      'web-2 still runs: this withdraws',
    ],
    ['that progress is coarse', around(aFork(asleep), {}, { version: '0.2.7' }), 'shows only coarsely'],
  ])('says %s', (_, subject, note) => {
    expect(notesOf(can.wake(subject))).toContain(note)
  })
})
