import type { JsonRecord, KubeJson } from './json.ts'
import type { Resource } from './resource.ts'

/** Fields of core events that are called otherwise in events.k8s.io. */
const NAMES: readonly [core: string, renamed: string][] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
]

function renamed(object: KubeJson, apiVersion: string, names: ReadonlyMap<string, string>): KubeJson {
  const fields: JsonRecord = {}
  for (const [name, value] of Object.entries(object)) fields[names.get(name) ?? name] = value
  return { ...fields, metadata: object.metadata, kind: 'Event', apiVersion }
}

/** Who reports is written in core events always, and in these only when it is known. */
function withoutEmpty(event: KubeJson): KubeJson {
  const { reportingController, reportingInstance, ...rest } = event
  return {
    ...rest,
    ...(reportingController !== '' && { reportingController }),
    ...(reportingInstance !== '' && { reportingInstance }),
  }
}

const TO_NEW = new Map(NAMES)
const TO_CORE = new Map(NAMES.map(([core, name]) => [name, core]))

function fieldsOf(core: Resource): Resource['fields'] {
  const renamedLabel = (label: string) => {
    const [first = '', ...rest] = label.split('.')
    return [TO_NEW.get(first) ?? first, ...rest].join('.')
  }
  return Object.fromEntries(
    Object.entries(core.fields).flatMap(([label, path]) =>
      label === 'source' ? [] : [[renamedLabel(label), path]],
    ),
  )
}

/** events.k8s.io/v1: the events of the core group, stored once and shown under other names. */
export function newEvents(core: Resource): Resource {
  return {
    ...core,
    group: 'events.k8s.io',
    version: 'v1',
    fields: fieldsOf(core),
    view: {
      of: core,
      show: (object) => withoutEmpty(renamed(object, 'events.k8s.io/v1', TO_NEW)),
      accept: (object) => renamed(object, 'v1', TO_CORE),
    },
  }
}
