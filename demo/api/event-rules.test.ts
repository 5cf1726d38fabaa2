import { expect, it } from 'vitest'
import { EVENT_RULES } from './event-rules.ts'

const validate = EVENT_RULES['events']?.validate
const event = (namespace: string, fields: object) => ({ metadata: { name: 'e', namespace }, ...fields })
const about = (namespace?: string) => ({ involvedObject: { kind: 'Pod', name: 'a', namespace } })
const strict = {
  eventTime: '2026-01-01T00:00:00.000000Z',
  reportingComponent: 'example.com/c',
  reportingInstance: 'i',
  action: 'Testing',
  reason: 'Tested',
}

it.each<[string, ReturnType<typeof event>, string[]]>([
  ['the namespace of its object', event('a', about('a')), []],
  ['another namespace', event('a', about('b')), ['involvedObject.namespace']],
  ['no namespace', event('a', about()), ['involvedObject.namespace']],
  ['a node, in the namespace for such', event('default', about()), []],
  ['a node, in kube-system', event('kube-system', about()), ['involvedObject.namespace']],
  ['a newer client', event('a', { ...about('b'), ...strict }), []],
  ['a newer client, about a node', event('kube-system', { ...about(), ...strict }), []],
  ['a newer client, astray', event('a', { ...about(), ...strict }), ['involvedObject.namespace']],
  [
    'a newer client that says little',
    event('a', { ...about('a'), eventTime: strict.eventTime }),
    [
      'reportingComponent',
      'reportingComponent',
      'reportingComponent',
      'reportingInstance',
      'action',
      'reason',
    ],
  ],
  [
    'a newer client that says much',
    event('a', { ...about('a'), ...strict, message: 'x'.repeat(1025), reason: 'x'.repeat(129) }),
    ['reason', 'message'],
  ],
])('an event about %s', (_, object, fields) => {
  expect(validate?.(object, undefined).map((cause) => cause.field)).toEqual(fields)
})
