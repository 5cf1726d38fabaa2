/** Somebody as an authority outside of the cluster names them: a provider of OpenID Connect, or a proxy in front. */
export interface Person {
  /** As the API server is to know them. */
  name: string
  groups: readonly string[]
}

/** Names of the cluster itself (contract of Kubernetes): nobody outside of it gives them away. */
const OF_THE_SYSTEM = /^system:/
/** What cannot be seen, or not told from something else; a header would carry some of it not faithfully. */
const UNFIT = /[\p{C}\p{Zl}\p{Zp}]|^\s|\s$/u
const LONGEST = 512
const MOST_GROUPS = 500

function flawOfName(name: string): string {
  if (name === '') return 'is empty'
  if (name.length > LONGEST) return `is longer than ${LONGEST} characters`
  if (UNFIT.test(name)) return 'has characters that cannot be seen, or blanks at its ends'
  if (OF_THE_SYSTEM.test(name))
    return 'begins with "system:", and nobody becomes part of the cluster itself by a claim'
  return ''
}

/** Why the cluster must not be asked as this person, in words that end a sentence about them; '' when it may. */
export function flawOfPerson({ name, groups }: Person): string {
  const flaw = flawOfName(name)
  if (flaw !== '') return `the name ${flaw}`
  if (groups.length > MOST_GROUPS) return `there are more than ${MOST_GROUPS} groups`
  const bad = groups.map(flawOfName).find((each) => each !== '')
  return bad === undefined ? '' : `a group ${bad}`
}
