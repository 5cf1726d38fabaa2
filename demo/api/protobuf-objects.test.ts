import { describe, expect, it } from 'vitest'
import { readProtobuf } from './protobuf-objects.ts'

/** What a test writes into a field: a number, a text, or the fields of a message. */
type Value = number | string | Buffer | Fields
interface Fields {
  [number: number]: Value | readonly Value[]
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    const low = Number(rest & 0x7fn)
    if (rest < 128n) return [...bytes, low]
    bytes.push(low | 0x80)
  }
}

function field(number: number, value: Value): number[] {
  if (typeof value === 'number') return [...varint(number * 8), ...varint(value)]
  const bytes =
    typeof value === 'string' ? Buffer.from(value) : Buffer.isBuffer(value) ? value : encode(value)
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes]
}

function encode(fields: Fields): Buffer {
  const bytes = Object.entries(fields).flatMap(([number, value]: [string, Value | readonly Value[]]) =>
    (Array.isArray(value) ? (value as readonly Value[]) : [value]).flatMap((one) =>
      field(Number(number), one),
    ),
  )
  return Buffer.from(bytes)
}

const envelope = (apiVersion: string, kind: string, raw: Fields) =>
  Buffer.concat([Buffer.from('k8s\0'), encode({ 1: { 1: apiVersion, 2: kind }, 2: encode(raw) })])

const METADATA = { 1: 'x', 11: [{ 1: 'a', 2: 'b' }], 8: {} }

describe('protobuf', () => {
  it.each([
    [
      'maps, and messages that say nothing',
      envelope('v1', 'ConfigMap', { 1: METADATA, 2: [{ 1: 'k', 2: 'v' }, { 1: 'empty' }] }),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'x', labels: { a: 'b' } },
        data: { k: 'v', empty: '' },
      },
    ],
    [
      'zeros that are said, and those that only fill a place',
      envelope('apps/v1', 'Deployment', {
        1: { 1: 'x', 7: 0 },
        2: { 1: 0, 5: 0, 3: { 2: { 11: 0, 2: [] } } },
      }),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'x' },
        spec: { replicas: 0, template: {} },
      },
    ],
    [
      'numbers or texts, quantities and times',
      envelope('v1', 'Pod', {
        1: { 1: 'x', 8: { 1: 1_767_225_600, 2: 0 } },
        2: {
          1: [{ 1: 'v', 2: { 2: {} } }],
          2: [
            {
              1: 'c',
              8: { 1: [{ 1: 'cpu', 2: { 1: '100m' } }] },
              10: { 1: { 2: { 1: '/', 2: { 1: 1, 3: 'web' } } }, 2: 5 },
            },
          ],
          5: -1,
          11: 1,
        },
      }),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'x', creationTimestamp: '2026-01-01T00:00:00Z' },
        spec: {
          volumes: [{ name: 'v', emptyDir: {} }],
          containers: [
            {
              name: 'c',
              resources: { limits: { cpu: '100m' } },
              livenessProbe: { httpGet: { path: '/', port: 'web' }, initialDelaySeconds: 5 },
            },
          ],
          activeDeadlineSeconds: -1,
          hostNetwork: true,
        },
      },
    ],
    [
      'bytes, and groups by the first part of their name',
      envelope('rbac.authorization.k8s.io/v1', 'Role', {
        1: { 1: 'r' },
        2: [{ 1: ['get', 'list'], 3: ['pods'] }],
      }),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'r' },
        rules: [{ verbs: ['get', 'list'], resources: ['pods'] }],
      },
    ],
    [
      'options of its own package',
      envelope('v1', 'DeleteOptions', { 1: 0, 2: { 1: 'uid' } }),
      { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid: 'uid' } },
    ],
  ])('reads %s', (_, bytes, object) => {
    expect(readProtobuf(bytes)).toEqual(object)
  })

  it.each([
    ['another format', Buffer.from('{}'), 400],
    ['a message that ends too early', envelope('v1', 'Pod', { 1: METADATA }).subarray(0, -1), 400],
    ['a kind that is not built in', envelope('example.com/v1', 'Foo', {}), 415],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => readProtobuf(bytes)).toThrow(
      expect.objectContaining({ status: expect.objectContaining({ code }) }),
    )
  })
})
