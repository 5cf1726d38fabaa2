import { NAME, text } from './columns.ts'
import { ageOf } from './human-duration.ts'
import type { KubeJson } from './json.ts'
import { numberAt, textAt } from './json.ts'
import type { Column } from './resource.ts'

const timesOf = (event: KubeJson) => {
  const first = textAt(event, 'firstTimestamp') || textAt(event, 'eventTime')
  const last = textAt(event, 'series', 'lastObservedTime') || textAt(event, 'lastTimestamp') || first
  return { first, last }
}

function target(event: KubeJson): string {
  const kind = textAt(event, 'involvedObject', 'kind').toLowerCase()
  const name = textAt(event, 'involvedObject', 'name')
  return name ? `${kind}/${name}` : kind
}

function source(event: KubeJson): string {
  const component = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent')
  const instance = textAt(event, 'source', 'host') || textAt(event, 'reportingInstance')
  return instance ? `${component}, ${instance}` : component
}

/** Events of the new API that happened once carry no count. */
const count = (event: KubeJson) => numberAt(event, 'series', 'count') || numberAt(event, 'count') || 1

/** The columns of events, of whichever group they are asked for. */
export const eventColumns: readonly Column[] = [
  text('Last Seen', (event, now) => ageOf(timesOf(event).last, now)),
  text('Type', (event) => textAt(event, 'type')),
  text('Reason', (event) => textAt(event, 'reason')),
  text('Object', target),
  text('Subobject', (event) => textAt(event, 'involvedObject', 'fieldPath'), 1),
  text('Source', source, 1),
  text('Message', (event) => textAt(event, 'message').trim()),
  text('First Seen', (event, now) => ageOf(timesOf(event).first, now), 1),
  text('Count', count, 1),
  { ...NAME, priority: 1 },
]
