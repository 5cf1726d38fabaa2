import { faultCauses, itemsAt, nonNegativeCauses, recordAt, supportedCauses } from './builtin-rules-checks.ts'
import { portCauses, portOrNameCauses } from './builtin-rules-names.ts'
import { forbiddenField, invalidValue, requiredValue } from './field-causes.ts'
import type { JsonRecord } from './json.ts'
import { listAt, textAt } from './json.ts'
import type { FieldCause } from './status.ts'

const HEADER = /^[-A-Za-z0-9]+$/
const HEADER_RULE =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"

type Check = (handler: JsonRecord, field: string, grace: number) => FieldCause[]

const HANDLERS: Readonly<Record<string, Check>> = {
  exec: (handler, field) =>
    listAt(handler, 'command').length > 0 ? [] : [requiredValue(`${field}.command`)],
  httpGet: (handler, field) => [
    ...(textAt(handler, 'path') ? [] : [requiredValue(`${field}.path`)]),
    ...portOrNameCauses(`${field}.port`, handler.port),
    ...supportedCauses(`${field}.scheme`, handler.scheme, ['HTTP', 'HTTPS']),
    ...itemsAt(handler, 'httpHeaders', field).flatMap(([header]) => {
      const name = textAt(header, 'name')
      return HEADER.test(name) ? [] : faultCauses(`${field}.httpHeaders`, name, [HEADER_RULE])
    }),
  ],
  tcpSocket: (handler, field) => portOrNameCauses(`${field}.port`, handler.port),
  grpc: (handler, field) => portCauses(`${field}.port`, handler.port),
  sleep(handler, field, grace) {
    const { seconds } = handler
    if (typeof seconds === 'number' && seconds >= 0 && seconds <= grace) return []
    const why = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`
    return [invalidValue(field, seconds, why)]
  },
}

function handlerCauses(owner: JsonRecord, field: string, grace: number): FieldCause[] {
  const given = Object.entries(HANDLERS).filter(([name]) => recordAt(owner, name))
  const [first, ...more] = given
  if (!first) return [requiredValue(field, 'must specify a handler type')]
  const [name, check] = first
  const others = more.map(([other]) =>
    forbiddenField(`${field}.${other}`, 'may not specify more than 1 handler type'),
  )
  return [...check(recordAt(owner, name) ?? {}, `${field}.${name}`, grace), ...others]
}

const NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
]

function probeCauses(name: string, probe: JsonRecord, field: string, grace: number): FieldCause[] {
  const causes = handlerCauses(probe, field, grace)
  for (const number of NUMBERS) causes.push(...nonNegativeCauses(`${field}.${number}`, probe[number]))
  const own = probe.terminationGracePeriodSeconds
  const graceField = `${field}.terminationGracePeriodSeconds`
  if (typeof own === 'number' && own <= 0)
    causes.push(invalidValue(graceField, own, 'must be greater than 0'))
  if (name === 'readinessProbe') {
    const why = 'must not be set for readinessProbes'
    return own === undefined ? causes : [...causes, invalidValue(graceField, own, why)]
  }
  const threshold = probe.successThreshold
  if (threshold !== 1) causes.push(invalidValue(`${field}.successThreshold`, threshold, 'must be 1'))
  return causes
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe']

/** What is wrong with the probes and hooks of a container; `grace` is the pod's time to end, in seconds. */
export function probesCauses(container: JsonRecord, path: string, grace: number): FieldCause[] {
  const lifecycle = recordAt(container, 'lifecycle') ?? {}
  const hooks = ['postStart', 'preStop'].flatMap((name) => {
    const hook = recordAt(lifecycle, name)
    return hook ? handlerCauses(hook, `${path}.lifecycle.${name}`, grace) : []
  })
  return hooks.concat(
    PROBES.flatMap((name) => {
      const probe = recordAt(container, name)
      return probe ? probeCauses(name, probe, `${path}.${name}`, grace) : []
    }),
  )
}

/** Init containers that end have nothing to probe. */
export function forbiddenProbes(container: JsonRecord, path: string): FieldCause[] {
  const why = 'may not be set for init containers without restartPolicy=Always'
  return ['lifecycle', ...PROBES]
    .filter((name) => recordAt(container, name))
    .map((name) => forbiddenField(`${path}.${name}`, why))
}
