import { describe, expect, it } from 'vitest'
import { WATCHED_RESOURCES } from '../../lib/fleet/freshness.ts'
import type { Freshness, WatchState, WatchedResource } from '../../lib/fleet/freshness.ts'
import { emptyTables } from '../../lib/fleet/row-changes.ts'
import type { Vm } from '../../lib/fleet/vm.ts'
import type { Connection, ConnectionState, FleetIndex } from '../../lib/live/live-state.ts'
import { fleetCondition } from './fleet-condition.ts'

const index = (loaded: boolean, vms = 0): FleetIndex => ({
  ...emptyTables(),
  revision: 1,
  loaded,
  vms: new Map(Array.from({ length: vms }, (_, at) => [String(at), { uid: String(at) } as Vm])),
})

function freshness(states: Partial<Record<WatchedResource, WatchState>>): Freshness {
  const all = WATCHED_RESOURCES.map((name) => [
    name,
    { state: states[name] ?? 'live', provenAt: 1, message: '' },
  ])
  return Object.fromEntries(all) as Freshness
}

const connection = (state: ConnectionState, known: Freshness | null): Connection => ({
  state,
  since: 0,
  provenAt: 0,
  message: '',
  refusal: null,
  cluster: null,
  freshness: known,
})

describe('fleetCondition', () => {
  it.each([
    ['before the first answer', index(false), connection('connecting', null), 0, 'loading'],
    ['with no server from the start', index(false), connection('lost', null), 0, 'lost'],
    [
      'without the right to see pods',
      index(true),
      connection('live', freshness({ pods: 'forbidden' })),
      0,
      'forbidden',
    ],
    [
      'while pods are being listed',
      index(true),
      connection('live', freshness({ pods: 'starting' })),
      0,
      'loading',
    ],
    [
      'while sets are being listed',
      index(true),
      connection('live', freshness({ cocoonsets: 'starting' })),
      0,
      'loading',
    ],
    ['without the CRD', index(true), connection('live', freshness({ cocoonsets: 'missing' })), 0, 'missing'],
    [
      'with bare VMs and no CRD',
      index(true, 2),
      connection('live', freshness({ cocoonsets: 'missing' })),
      2,
      'shown',
    ],
    ['with nothing at all', index(true), connection('live', freshness({})), 0, 'empty'],
    ['when the search leaves nothing', index(true, 2), connection('live', freshness({})), 0, 'no-match'],
    ['when the server is lost later', index(true, 2), connection('lost', freshness({})), 2, 'shown'],
  ])('%s', (_, fleet, link, items, expected) => {
    expect(fleetCondition(fleet, link, items)).toBe(expected)
  })
})
