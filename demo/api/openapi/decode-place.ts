/** Where in an object a value stands. A chain, since it is told only when something is wrong there. */
export interface Place {
  readonly up: Place | undefined
  /** The name of a field, the key of a map, or the index of an item. */
  readonly step: string | number
  /** The Go struct that the field belongs to; undefined for items and keys. */
  readonly struct?: string
  /** The embedded structs that the field comes through, as in `ProbeHandler`. */
  readonly within?: string | undefined
}

/** As people write it: `spec.containers[0].name`. */
export function pathOf(place: Place | undefined): string {
  if (!place) return ''
  const above = pathOf(place.up)
  if (typeof place.step === 'number') return `${above}[${place.step}]`
  return above ? `${above}.${place.step}` : place.step
}

/** As Go's decoder names it: `Container.spec.containers.name`; '' outside of any struct. */
export function goPathOf(place: Place | undefined): string {
  let struct = ''
  const fields: string[] = []
  for (let at = place; at; at = at.up) {
    if (at.struct === undefined) continue
    struct ||= at.struct
    fields.unshift(...(at.within ? [at.within] : []), String(at.step))
  }
  return struct && `${struct}.${fields.join('.')}`
}
