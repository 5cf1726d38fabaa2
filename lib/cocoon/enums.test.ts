import { describe, expect, it } from 'vitest'
import * as enums from './enums.ts'

describe.each([
  ['LifecycleState', enums.isLifecycleState, 'creating ready hibernating hibernated failed'],
  ['AgentMode', enums.isAgentMode, 'clone run'],
  ['ToolboxMode', enums.isToolboxMode, 'run clone static'],
  ['OSType', enums.isOSType, 'linux windows android macos'],
  ['SnapshotPolicy', enums.isSnapshotPolicy, 'always main-only never'],
  ['HibernatePolicy', enums.isHibernatePolicy, 'retain release'],
  ['ConnType', enums.isConnType, 'ssh rdp vnc adb'],
  ['Backend', enums.isBackend, 'cloud-hypervisor firecracker'],
  [
    'CocoonSetPhase',
    enums.isCocoonSetPhase,
    'Pending Running Scaling Suspending Suspended Migrating Waking Failed',
  ],
  ['HibernationDesire', enums.isHibernationDesire, 'Hibernate Wake'],
  ['HibernationPhase', enums.isHibernationPhase, 'Pending Hibernating Hibernated Waking Active Failed'],
  ['ConditionType', enums.isConditionType, 'Ready Progressing'],
] as const)('%s', (_, isMember, list) => {
  const members = list.split(' ')

  it.each(members)('has %s', (member) => {
    expect(isMember(member)).toBe(true)
  })

  it('has nothing else, in no other case', () => {
    const swapped = members.map((member) =>
      /^[A-Z]/.test(member) ? member.toLowerCase() : member.toUpperCase(),
    )
    const strangers = [
      ...swapped,
      ...members.map((member) => ` ${member}`),
      '',
      'toString',
      null,
      undefined,
      0,
    ]
    expect(strangers.filter((stranger) => isMember(stranger))).toEqual([])
  })
})

describe.each([
  ['AgentMode', enums.agentModeOrDefault, 'clone'],
  ['ToolboxMode', enums.toolboxModeOrDefault, 'run'],
  ['OSType', enums.osTypeOrDefault, 'linux'],
  ['SnapshotPolicy', enums.snapshotPolicyOrDefault, 'always'],
  ['HibernatePolicy', enums.hibernatePolicyOrDefault, 'retain'],
  ['Backend', enums.backendOrDefault, 'cloud-hypervisor'],
  ['ConnType', enums.connTypeOrDefault, ''],
] as const)('the default of %s', (_, orDefault, standard) => {
  it.each(['', null, undefined])('stands in for %j', (value) => {
    expect(orDefault(value)).toBe(standard)
  })

  it.each(['static', 'Bogus', ' '])('leaves %j alone', (value) => {
    expect(orDefault(value)).toBe(value)
  })
})
