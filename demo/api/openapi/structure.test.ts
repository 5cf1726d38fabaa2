import { describe, expect, it } from 'vitest'
import { readField, writeField } from './field-notation.ts'
import { derivedGoType } from './go-type.ts'
import { schemaNameOf, structOf } from './structure.ts'

const fieldOf = (schema: string, name: string) => structOf(`io.k8s.api.core.v1.${schema}`)?.fields.get(name)

describe('the structure of built-in kinds', () => {
  it('knows kinds by their group', () => {
    expect(schemaNameOf('', 'v1', 'Pod')).toBe('io.k8s.api.core.v1.Pod')
    expect(schemaNameOf('apps', 'v1', 'Deployment')).toBe('io.k8s.api.apps.v1.Deployment')
    expect(schemaNameOf('', 'v1', 'constructor')).toBeUndefined()
    expect(structOf('toString')).toBeUndefined()
  })

  it('tells how lists are merged', () => {
    expect(fieldOf('PodSpec', 'containers')?.node).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    })
    expect(fieldOf('PodSpec', 'tolerations')?.node).not.toHaveProperty('x-kubernetes-patch-strategy')
  })

  it('tells what Go knows beyond the document', () => {
    expect(fieldOf('PodSpec', 'restartPolicy')?.goType).toBe('v1.RestartPolicy')
    expect(fieldOf('PodSpec', 'automountServiceAccountToken')?.pointer).toBe(true)
    expect(fieldOf('PodSpec', 'hostNetwork')?.pointer).toBeUndefined()
    expect(fieldOf('Probe', 'httpGet')?.within).toBe('ProbeHandler')
    expect(fieldOf('PodCondition', 'lastProbeTime')?.filled).toBe(true)
  })

  it.each([
    'string',
    'string=',
    'string;default="TCP"',
    'integer.int32=',
    'boolean;ptr',
    '{}string=;map=atomic',
    '[]@core.v1.Container=;list=map;merge=name;strategy=merge;keys=name',
    '{}~api.resource.Quantity;plain;go=v1.ResourceList',
    '[]string=;enum=cert sign|client auth;list=atomic;kept',
    '~apis.meta.v1.Time;filled',
  ])('reads and writes %s', (line) => {
    expect(writeField(readField(line))).toBe(line)
  })

  it.each([
    ['[]@core.v1.Container=', '[]v1.Container'],
    ['{}string=', 'map[string]string'],
    ['integer.int64', 'int64'],
    ['string.byte', '[]uint8'],
  ])('%s is %s in Go', (line, type) => {
    expect(derivedGoType(readField(line).node)).toBe(type)
  })
})
