import { AGE, NAME, orNone, text, wholeNumber } from './columns.ts'
import { ageOf, humanDuration } from './human-duration.ts'
import type { KubeJson } from './json.ts'
import { listAt, numberAt, textAt, valueAt } from './json.ts'
import type { Column } from './resource.ts'
import { labelsText, selectorText } from './selector-text.ts'

const TEMPLATE = ['spec', 'template', 'spec'] as const

const joined = (object: KubeJson, field: string, path: readonly string[]) =>
  listAt(object, ...path, 'containers')
    .map((container) => textAt(container, field))
    .join(',')

const containers = (path: readonly string[] = TEMPLATE, priority = 1): Column[] => [
  text('Containers', (object) => joined(object, 'name', path), priority),
  text('Images', (object) => joined(object, 'image', path), priority),
]
const selector = text('Selector', (object) => selectorText(valueAt(object, 'spec', 'selector')), 1)

const status = (name: string, field: string) =>
  wholeNumber(name, (object) => numberAt(object, 'status', field))
const desired = wholeNumber('Desired', (object) => numberAt(object, 'spec', 'replicas'))
const ready = text(
  'Ready',
  (object) => `${numberAt(object, 'status', 'readyReplicas')}/${numberAt(object, 'spec', 'replicas')}`,
)
const replicas = [NAME, desired, status('Current', 'replicas'), status('Ready', 'readyReplicas'), AGE]

export const replicationControllerColumns: readonly Column[] = [
  ...replicas,
  ...containers(),
  text('Selector', (object) => labelsText(valueAt(object, 'spec', 'selector')), 1),
]

export const replicaSetColumns: readonly Column[] = [...replicas, ...containers(), selector]

export const deploymentColumns: readonly Column[] = [
  NAME,
  ready,
  text('Up-to-date', (object) => numberAt(object, 'status', 'updatedReplicas')),
  text('Available', (object) => numberAt(object, 'status', 'availableReplicas')),
  AGE,
  ...containers(),
  selector,
]

export const statefulSetColumns: readonly Column[] = [NAME, ready, AGE, ...containers()]

export const daemonSetColumns: readonly Column[] = [
  NAME,
  status('Desired', 'desiredNumberScheduled'),
  status('Current', 'currentNumberScheduled'),
  status('Ready', 'numberReady'),
  status('Up-to-date', 'updatedNumberScheduled'),
  status('Available', 'numberAvailable'),
  text('Node Selector', (object) => labelsText(valueAt(object, ...TEMPLATE, 'nodeSelector'))),
  AGE,
  ...containers(),
  selector,
]

function revisionController(object: KubeJson): string {
  const owner = (object.metadata.ownerReferences ?? []).find((one) => one.controller === true)
  const group = (owner?.apiVersion ?? '').split('/').slice(0, -1).join('')
  return owner ? `${`${owner.kind}${group && `.${group}`}`.toLowerCase()}/${owner.name}` : '<none>'
}

export const controllerRevisionColumns: readonly Column[] = [
  NAME,
  text('Controller', revisionController),
  text('Revision', (object) => numberAt(object, 'revision')),
  AGE,
]

export const podTemplateColumns: readonly Column[] = [
  NAME,
  ...containers(['template', 'spec'], 0),
  text('Pod Labels', (object) => labelsText(valueAt(object, 'template', 'metadata', 'labels'))),
]

/** In the order in which they count. */
const JOB_ENDS: readonly [condition: string, shown: string][] = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['', 'Terminating'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
]

function jobStatus(job: KubeJson): string {
  const holds = (type: string) =>
    listAt(job, 'status', 'conditions').some(
      (one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True',
    )
  const found = JOB_ENDS.find(([type]) => (type ? holds(type) : job.metadata.deletionTimestamp !== undefined))
  return found?.[1] ?? 'Running'
}

function completions(job: KubeJson): string {
  const done = numberAt(job, 'status', 'succeeded')
  const wanted = valueAt(job, 'spec', 'completions')
  if (typeof wanted === 'number') return `${done}/${wanted}`
  const parallelism = numberAt(job, 'spec', 'parallelism')
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`
}

function jobDuration(job: KubeJson, now: number): string {
  const start = Date.parse(textAt(job, 'status', 'startTime'))
  if (Number.isNaN(start)) return ''
  const end = Date.parse(textAt(job, 'status', 'completionTime'))
  return humanDuration((Number.isNaN(end) ? now : end) - start)
}

export const jobColumns: readonly Column[] = [
  NAME,
  text('Status', jobStatus),
  text('Completions', completions),
  text('Duration', jobDuration),
  AGE,
  ...containers(),
  selector,
]

const JOB_TEMPLATE = ['spec', 'jobTemplate', 'spec'] as const

export const cronJobColumns: readonly Column[] = [
  NAME,
  text('Schedule', (object) => textAt(object, 'spec', 'schedule')),
  text('Timezone', (object) => orNone(textAt(object, 'spec', 'timeZone'))),
  {
    ...text('Suspend', (object) => (valueAt(object, 'spec', 'suspend') === true ? 'True' : 'False')),
    type: 'boolean',
  },
  wholeNumber('Active', (object) => listAt(object, 'status', 'active').length),
  text('Last Schedule', (object, now) => {
    const last = textAt(object, 'status', 'lastScheduleTime')
    return last ? ageOf(last, now) : '<none>'
  }),
  AGE,
  ...containers([...JOB_TEMPLATE, 'template', 'spec']),
  text('Selector', (object) => selectorText(valueAt(object, ...JOB_TEMPLATE, 'selector')), 1),
]

/** Without a controller there is never a current value to show beside a target. */
function targets(autoscaler: KubeJson): string {
  const shown = listAt(autoscaler, 'spec', 'metrics').map((metric) => {
    const target = valueAt(metric, 'resource', 'target')
    const wanted = numberAt(target, 'averageUtilization')
    const name = textAt(metric, 'resource', 'name')
    return name ? `${name}: <unknown>/${wanted ? `${wanted}%` : textAt(target, 'averageValue')}` : '<unknown>'
  })
  return shown.join(', ') || '<none>'
}

export const autoscalerColumns: readonly Column[] = [
  NAME,
  text('Reference', (object) => {
    const target = valueAt(object, 'spec', 'scaleTargetRef')
    return `${textAt(target, 'kind')}/${textAt(target, 'name')}`
  }),
  text('Targets', targets),
  text('MinPods', (object) => {
    const least = valueAt(object, 'spec', 'minReplicas')
    return typeof least === 'number' ? String(least) : '<unset>'
  }),
  text('MaxPods', (object) => numberAt(object, 'spec', 'maxReplicas')),
  text('Replicas', (object) => numberAt(object, 'status', 'currentReplicas')),
  AGE,
]
