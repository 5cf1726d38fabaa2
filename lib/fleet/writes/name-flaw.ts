const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
const SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/
const LABEL_VALUE = /^([A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)?$/

/** The name of a set is the value of a label of its pods. */
const LONGEST = 63

const tooLong = (text: string) =>
  text.length > LONGEST ? `At most ${LONGEST} letters: these are ${text.length}.` : null

/** Why a text is no name for a set or a pod (DNS-1123), while it is typed; null when it is one. */
export function nameFlaw(text: string): string | null {
  if (text === '') return 'It needs a name.'
  if (SUBDOMAIN.test(text)) return tooLong(text)
  if (/[A-Z]/.test(text)) return 'Small letters only.'
  if (/[^a-z0-9.-]/.test(text)) return 'Small letters, digits, - and . only.'
  return 'It begins and ends with a letter or a digit.'
}

/** The same of a namespace, whose name has no dots. */
export function namespaceFlaw(text: string): string | null {
  if (text === '') return 'It needs a namespace.'
  return LABEL.test(text) ? tooLong(text) : 'Small letters, digits and - only.'
}

/** The same of a node pool, which is the value of a label; '' leaves it to the cluster's default. */
export function poolFlaw(text: string): string | null {
  return LABEL_VALUE.test(text) ? tooLong(text) : 'Letters, digits, -, _ and . only.'
}
